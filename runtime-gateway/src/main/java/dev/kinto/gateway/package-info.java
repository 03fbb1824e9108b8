/**
 * The gateway: the one place where its parts are wired, and the straight path that each request
 * takes through them. The door is {@link dev.kinto.gateway.Gateway}; {@link dev.kinto.gateway.Main}
 * is the command line.
 */
@NullMarked
package dev.kinto.gateway;

import org.jspecify.annotations.NullMarked;
