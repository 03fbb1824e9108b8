/**
 * The clients' side of the gateway: listeners, their connections, HTTP/1.1 and HTTP/2 exchanges,
 * read strictly and written exactly.
 *
 * <p>The door is {@link dev.kinto.gateway.listen.HttpServer}, which listens and gives each request
 * to an {@link dev.kinto.gateway.http.ExchangeHandler}. Helidon accepts connections and runs each
 * on a virtual thread; what comes over them is read here, and answers are written here.
 *
 * <p>What is stopped here and why (contract C35): whatever two servers might read differently,
 * because the one that decides who is calling must read as the one behind it does. That is both
 * lengths or two of them, numbers with a sign, chunk sizes and line ends that are nearly right,
 * folded lines, spaces before a colon, names that are no tokens, a CR or LF alone, control
 * characters. A request that is answered before its body was read ends its connection, so that
 * nothing in that body is ever taken for a request. What is passed on unchanged (C33): bytes above
 * 0x7F in headers, spelling and order of names, answers without a body, and the head of a stream
 * before its first byte.
 *
 * <p>Who sends or reads too slowly is stopped here too (contract C36): every connection has a timer
 * from the moment it is accepted, for its handshake, for a head as a whole, for the pauses in a
 * body, for the time between requests, and for each piece of an answer that it does not take. What
 * is too large is refused by its announced length, or by count while it streams. A head is held in
 * memory up to its limit, a body never.
 */
@NullMarked
package dev.kinto.gateway.listen;

import org.jspecify.annotations.NullMarked;
