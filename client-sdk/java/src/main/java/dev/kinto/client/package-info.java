/**
 * The client of a Kinto gateway for the JVM and Android, on top of OkHttp (contract C39). The door
 * is {@link dev.kinto.client.KintoClient}; beside it stand the values and exceptions that callers
 * meet.
 */
@NullMarked
package dev.kinto.client;

import org.jspecify.annotations.NullMarked;
