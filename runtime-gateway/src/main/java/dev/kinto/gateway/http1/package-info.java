/**
 * HTTP/1.1 as bytes (RFC 9112), the same for both legs: heads of requests and of answers are read
 * by a {@link dev.kinto.gateway.http1.HeadReader}, bodies by {@link
 * dev.kinto.gateway.http1.ChunkedBody} and {@link dev.kinto.gateway.http1.CountedBody}, and both
 * are written by a {@link dev.kinto.gateway.http1.MessageWriter}.
 *
 * <p>Nothing here waits: bytes are given in the pieces in which they come. Whatever two readers
 * might read differently is refused on both legs (contract C35), with a {@link
 * dev.kinto.gateway.http1.MalformedMessageException}.
 */
@NullMarked
package dev.kinto.gateway.http1;

import org.jspecify.annotations.NullMarked;
