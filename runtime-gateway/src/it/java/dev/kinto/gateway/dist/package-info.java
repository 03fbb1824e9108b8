/** What operators install, tested as it was packed: with {@code mvn -Pdist verify}. */
@NullMarked
package dev.kinto.gateway.dist;

import org.jspecify.annotations.NullMarked;
