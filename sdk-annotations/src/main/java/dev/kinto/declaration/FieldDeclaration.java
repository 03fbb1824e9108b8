package dev.kinto.declaration;

import java.util.Optional;

/**
 * A header or a result field that an author declared on a route.
 *
 * @param writtenAs the declaration without its field in the author's notation, for messages:
 *     {@code @ApiSuccess(group = "Session")} or {@code @apiSuccess (Session)}
 * @param group {@code Session}, {@code Config}, {@code Header}, a status code …
 * @param type the type in apidoc's notation, without braces
 * @param field the name
 * @param optional whether it may be absent
 * @param defaultValue what stands for an absent optional one
 * @param description for people, or empty
 */
public record FieldDeclaration(
    String writtenAs,
    Text group,
    Text type,
    Text field,
    boolean optional,
    Optional<Text> defaultValue,
    String description) {}
