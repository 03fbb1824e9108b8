/**
 * Traces: spans of requests and of their calls to microservices, sent by OTLP over HTTP (contract
 * C48).
 *
 * <p>The door is {@link dev.kinto.gateway.tracing.Tracing}. Only this package knows OpenTelemetry.
 */
@NullMarked
package dev.kinto.gateway.tracing;

import org.jspecify.annotations.NullMarked;
