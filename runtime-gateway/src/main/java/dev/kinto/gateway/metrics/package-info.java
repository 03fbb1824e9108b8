/**
 * What operators measure, in Prometheus' text format (contract C46).
 *
 * <p>The door is {@link dev.kinto.gateway.metrics.Metrics}. Only this package knows Micrometer.
 */
@NullMarked
package dev.kinto.gateway.metrics;

import org.jspecify.annotations.NullMarked;
