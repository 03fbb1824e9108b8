package dev.kinto.declaration;

import java.util.Optional;

/**
 * A header, a parameter, or a field of a result or error that an author declared on a route.
 *
 * @param writtenAs the declaration without its field in the author's notation, for messages:
 *     {@code @ApiSuccess(group = "Session")} or {@code @apiSuccess (Session)}
 * @param group {@code Session}, {@code Config}, {@code Header}, {@code Url}, a status code …
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
    String description) {

  /** The same in another group. */
  public FieldDeclaration inGroup(Text other) {
    return new FieldDeclaration(writtenAs, other, type, field, optional, defaultValue, description);
  }

  /** The same, optional or not. */
  public FieldDeclaration optional(boolean absentAllowed) {
    return new FieldDeclaration(
        writtenAs, group, type, field, absentAllowed, defaultValue, description);
  }

  /** The same with other words for people. */
  public FieldDeclaration describedAs(String words) {
    return new FieldDeclaration(writtenAs, group, type, field, optional, defaultValue, words);
  }
}
