/** The microservice {@code auth}: it checks passwords and keeps in the session who logged in. */
@NullMarked
package dev.kinto.examples.auth;

import org.jspecify.annotations.NullMarked;
