/**
 * From manifests to matches: which microservices and routes an environment has, and which of them a
 * raw path hits (contract C11, C20, C21). The door is {@link dev.kinto.gateway.route.Environment}.
 */
@NullMarked
package dev.kinto.gateway.route;

import org.jspecify.annotations.NullMarked;
