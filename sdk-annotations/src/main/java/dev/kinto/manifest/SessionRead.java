package dev.kinto.manifest;

import java.util.Optional;

/**
 * A session field that a route reads: the gateway sends it as a request header (contract C6, C9).
 *
 * @param field its name in the owner's spelling
 * @param type what the reader expects
 * @param required whether a call without it is refused; otherwise the header is absent then
 * @param defaultValue what an optional read is sent when the session has none, decoded
 * @param description the author's words, or empty
 */
public record SessionRead(
    FieldName field,
    FieldType type,
    boolean required,
    Optional<String> defaultValue,
    String description) {}
