/**
 * The dialect of apidoc in which comments of any language declare routes and session fields
 * (contract C10).
 *
 * <p>There are two doors: {@link dev.kinto.apidoc.ApidocComment} reads one comment, which the
 * processor does with Javadoc; {@link dev.kinto.apidoc.ApidocSources} reads whole source trees,
 * which {@code import} does. Nothing here throws because of what a comment says: what cannot be
 * read becomes a {@link dev.kinto.declaration.Mistake} with its place and mend. A comment takes
 * time in proportion to its length, with that of the definitions that it uses.
 */
@NullMarked
package dev.kinto.apidoc;

import org.jspecify.annotations.NullMarked;
