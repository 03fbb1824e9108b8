/**
 * What the example microservices share: a server around their routes, and what they do with
 * requests and responses. None of it knows anything of Kinto.
 */
@NullMarked
package dev.kinto.examples;

import org.jspecify.annotations.NullMarked;
