/**
 * The calls of microservices: addresses, connections, balancing, limits and second attempts
 * (contract C34). The door is {@link dev.kinto.gateway.upstream.UpstreamClient}.
 */
@NullMarked
package dev.kinto.gateway.upstream;

import org.jspecify.annotations.NullMarked;
