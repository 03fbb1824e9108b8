/** The microservice {@code articles}: it lists and publishes for whoever is logged in. */
@NullMarked
package dev.kinto.examples.articles;

import org.jspecify.annotations.NullMarked;
