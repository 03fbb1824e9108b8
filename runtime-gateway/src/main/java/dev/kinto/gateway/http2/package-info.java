/**
 * The HTTP/2 of one connection (RFC 9113): bytes of a client in, bytes for it out, and streams in
 * between. Netty's codec does the framing, HPACK, flow control and the states of streams; this
 * package is the only one that knows Netty, and knows of no sockets, requests or answers.
 *
 * <p>The door is {@link dev.kinto.gateway.http2.Http2Codec}, which hands out a {@link
 * dev.kinto.gateway.http2.ClientStream} for each request.
 *
 * <p>Everything of one connection happens under one lock, for short moments: the codec never waits
 * for the client with it. Who waits, for a piece of a body or for room to send one, gives it back
 * meanwhile. What a client can make the codec hold is bounded: bodies by their windows, which are
 * given back as bodies are read; what is to be sent by a limit beyond which nothing more is read;
 * heads by their greatest size; and frames that ask for nothing by their number.
 */
@NullMarked
package dev.kinto.gateway.http2;

import org.jspecify.annotations.NullMarked;
