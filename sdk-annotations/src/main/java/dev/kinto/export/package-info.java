/**
 * Documents for other tools, made of a manifest: OpenAPI 3.1 and apidoc's {@code api-data.json}.
 *
 * <p>The door is {@link dev.kinto.export.Export}. The same manifest gives the same text, byte for
 * byte, on every machine.
 */
@NullMarked
package dev.kinto.export;

import org.jspecify.annotations.NullMarked;
