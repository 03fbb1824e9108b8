package dev.kinto.manifest;

/**
 * A configuration value of the environment that a route asks for as a request header (contract C9).
 *
 * @param field the header's name, which is also the value's key in the configuration
 * @param required whether the route cannot work without it
 * @param description the author's words, or empty
 */
public record ConfigRead(FieldName field, boolean required, String description) {}
