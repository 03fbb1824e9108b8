/** Tests of the client against real sockets: a gateway that behaves as the contract says. */
@NullMarked
package dev.kinto.client;

import org.jspecify.annotations.NullMarked;
