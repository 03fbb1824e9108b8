/**
 * What both sides of the contract share: the manifest of a microservice and the rules for names,
 * types and paths (contract C1 to C5, C11, C12).
 *
 * <p>The door is {@link dev.kinto.manifest.Manifest}. Everything here is an immutable value, safe
 * for use by any number of threads, and depends on nothing but the JDK.
 */
@NullMarked
package dev.kinto.manifest;

import org.jspecify.annotations.NullMarked;
