/**
 * The clients' side of the gateway: HTTP/1.1 exchanges as raw as Helidon allows.
 *
 * <p>The door is {@link dev.kinto.gateway.wire.HttpWire}: Helidon listens, parses the request and
 * runs each connection on a virtual thread; this package takes the parsed request at its routing
 * seam, past Helidon's own decoding router, and writes the answer itself, byte for byte. Helidon's
 * response would add a {@code Content-Length: 0} to 204 and 304, hold back the head of a stream
 * until its first byte, and replace bytes above 0x7F (contract C33). What is refused before its
 * body was read closes the connection, so that no request is ever read out of a refused body
 * (contract C35).
 */
@NullMarked
package dev.kinto.gateway.wire;

import org.jspecify.annotations.NullMarked;
