/**
 * Tokens, sessions and the grid that keeps them (contract C22 to C29, C37, C38). The door is {@link
 * dev.kinto.gateway.session.Sessions}; nothing outside knows that the grid is Apache Ignite, but
 * for {@link dev.kinto.gateway.session.SessionGrid#start}.
 */
@NullMarked
package dev.kinto.gateway.session;

import org.jspecify.annotations.NullMarked;
