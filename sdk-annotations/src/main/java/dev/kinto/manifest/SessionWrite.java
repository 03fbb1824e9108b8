package dev.kinto.manifest;

/**
 * A session field that a route may set: the gateway takes it from the response (contract C7, C9).
 *
 * @param field its name, which begins with the microservice's own
 * @param type what its values are; anything else is refused (contract C32)
 * @param optional whether the route sets it on some successful answers only
 * @param description the author's words, or empty
 */
public record SessionWrite(FieldName field, FieldType type, boolean optional, String description) {}
