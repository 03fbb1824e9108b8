/**
 * JSON text (RFC 8259), written without any library.
 *
 * <p>The door is {@link dev.kinto.json.JsonWriter}.
 */
@NullMarked
package dev.kinto.json;

import org.jspecify.annotations.NullMarked;
