/**
 * Contracts between microservices, checked before anything runs (contract C41): does somebody set
 * what others need, and does a new release break anybody? The door is {@link
 * dev.kinto.gateway.contracts.Contracts}; {@link dev.kinto.gateway.contracts.Findings} is what
 * comes out of it.
 *
 * <p>It knows manifests and the reader of their JSON, and nothing of the running gateway.
 */
@NullMarked
package dev.kinto.gateway.contracts;

import org.jspecify.annotations.NullMarked;
