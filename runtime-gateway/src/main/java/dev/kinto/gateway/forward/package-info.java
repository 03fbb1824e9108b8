/**
 * What of a request goes on to a microservice, and what of its answer reaches the session and the
 * client (contract C28 to C33): {@link dev.kinto.gateway.forward.Forwarding} for the way there,
 * {@link dev.kinto.gateway.forward.Interception} for the way back.
 */
@NullMarked
package dev.kinto.gateway.forward;

import org.jspecify.annotations.NullMarked;
