/**
 * Checks annotated services while they compile, and writes their manifest and code (contract C12 to
 * C16): read, validate, write.
 *
 * <p>The door is {@link dev.kinto.processor.KintoProcessor}, which javac finds by itself. {@link
 * dev.kinto.processor.RouteStep} is the order of work. {@link dev.kinto.processor.ClassReader}
 * turns elements into declarations, {@link dev.kinto.processor.ServiceCheck} holds them against the
 * contract, and three writers make the accessors, the Helidon service and the manifest.
 */
@NullMarked
package dev.kinto.processor;

import org.jspecify.annotations.NullMarked;
