/** The example microservices without a gateway: what they do is plain HTTP. */
@NullMarked
package dev.kinto.examples;

import org.jspecify.annotations.NullMarked;
