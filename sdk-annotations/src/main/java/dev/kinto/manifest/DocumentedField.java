package dev.kinto.manifest;

import java.util.Comparator;
import java.util.Optional;

/**
 * A field of a call or its answer that a route documents and the gateway passes on unread: an
 * ordinary header, a parameter, a part of a result or an error (contract C8).
 *
 * @param group where it stands: {@code Header}; {@code Url}, {@code QueryString} or {@code Body};
 *     or the status of the answer, {@code 200} or {@code 4xx}
 * @param name its name; a dot or bracket leads into an object, as in {@code user.name} and {@code
 *     users[].name}
 * @param type apidoc's notation; see {@link #fieldType()}
 * @param optional whether it may be absent
 * @param defaultValue what stands for an absent one
 * @param description the author's words, or empty
 */
public record DocumentedField(
    String group,
    String name,
    String type,
    boolean optional,
    Optional<String> defaultValue,
    String description)
    implements Comparable<DocumentedField> {

  private static final Comparator<DocumentedField> ORDER =
      Comparator.comparing(DocumentedField::group).thenComparing(DocumentedField::name);

  /**
   * The type, if its name is one of the four that session fields have too (contract C4). Authors
   * name others, such as {@code Date} or {@code File}, for people, and sizes that these types do
   * not have, such as {@code String{5}}: then it is the type without them.
   */
  public Optional<FieldType> fieldType() {
    if (!FieldType.isKnown(type)) {
      return Optional.empty();
    }
    try {
      return Optional.of(FieldType.parse(type));
    } catch (IllegalArgumentException unknownSize) {
      return Optional.of(FieldType.parse(type.split("[{=]", 2)[0]));
    }
  }

  /** Orders by group, then by name, so that an object precedes its parts. */
  @Override
  public int compareTo(DocumentedField other) {
    return ORDER.compare(this, other);
  }
}
