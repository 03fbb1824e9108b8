/**
 * The way to the microservices and back: which headers go on, the call itself, and what of the
 * answer reaches the session and the client (contract C28 to C35). The doors are {@link
 * dev.kinto.gateway.upstream.Forwarding} for headers and {@link
 * dev.kinto.gateway.upstream.UpstreamClient} for the call.
 */
@NullMarked
package dev.kinto.gateway.upstream;

import org.jspecify.annotations.NullMarked;
