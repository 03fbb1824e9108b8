/**
 * Tokens and sessions (contract C22 to C29). The door is {@link
 * dev.kinto.gateway.session.Sessions}; what a session is in the grid, and what is done to it there,
 * is known here alone.
 */
@NullMarked
package dev.kinto.gateway.session;

import org.jspecify.annotations.NullMarked;
