/**
 * The access log: one line for each request, refused ones too (contract C47).
 *
 * <p>The door is {@link dev.kinto.gateway.accesslog.AccessLog}.
 */
@NullMarked
package dev.kinto.gateway.accesslog;

import org.jspecify.annotations.NullMarked;
