/** The guided walk through a running gateway: {@link dev.kinto.examples.walk.Walk} begins it. */
@NullMarked
package dev.kinto.examples.walk;

import org.jspecify.annotations.NullMarked;
