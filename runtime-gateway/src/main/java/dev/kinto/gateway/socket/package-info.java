/**
 * Connected sockets, and who waits for them: an ordinary virtual thread, which the JDK parks, or a
 * virtual thread on an event loop, which also waits for the connection.
 *
 * <p>The door is {@link dev.kinto.gateway.socket.EventLoops}; what it lets through is a {@link
 * dev.kinto.gateway.socket.StreamSocket}.
 */
@NullMarked
package dev.kinto.gateway.socket;

import org.jspecify.annotations.NullMarked;
