/**
 * The commands of the executable jar (contract C41), each a class that picocli runs: {@code serve},
 * {@code import} and their siblings. They exit with 0 if all is well, 1 if they found something
 * wrong in what they were given, and 2 if they were called wrongly.
 */
@NullMarked
package dev.kinto.gateway.cli;

import org.jspecify.annotations.NullMarked;
