/**
 * What an author declared, with the place of each word, and the rules that make a manifest of it.
 *
 * <p>Two readers build {@link dev.kinto.declaration.RouteDeclaration}s: the processor from
 * annotations, the apidoc dialect from comments. {@link dev.kinto.declaration.Contract} is the
 * door: it checks the declarations of one microservice (contract C1 to C4, C9, C11, C16) and gives
 * the manifest and all mistakes at once.
 */
@NullMarked
package dev.kinto.declaration;

import org.jspecify.annotations.NullMarked;
