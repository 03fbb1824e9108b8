package dev.kinto.processor;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.Text;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;

/**
 * What a declaration of a field demands, without its words for people: two declarations of one
 * field are equal if these are.
 *
 * @param name as it is spelt
 * @param type in apidoc's notation, normalised where it can be read
 * @param optional whether it may be absent
 * @param defaultValue what stands for an absent one, or empty
 */
record FieldTerms(String name, String type, boolean optional, String defaultValue) {

  static FieldTerms of(FieldDeclaration declared) {
    return new FieldTerms(
        declared.field().value(),
        normalised(declared.type().value()),
        declared.optional(),
        declared.defaultValue().map(Text::value).orElse(""));
  }

  private static String normalised(String type) {
    if (!FieldType.isKnown(type)) {
      return type.strip();
    }
    try {
      return FieldType.parse(type).toString();
    } catch (IllegalArgumentException reportedByTheContract) {
      return type;
    }
  }

  /**
   * Whether both declare the same field of the same group; a parameter may leave its group open.
   */
  static boolean isSameField(FieldDeclaration one, FieldDeclaration other) {
    String group = one.group().value();
    String otherGroup = other.group().value();
    return (group.equals(otherGroup) || group.isEmpty() || otherGroup.isEmpty())
        && FieldName.fold(one.field().value()).equals(FieldName.fold(other.field().value()));
  }

  /** Whether both have the same values, whichever may be absent. */
  boolean isSameValue(FieldTerms other) {
    return name.equals(other.name)
        && type.equals(other.type)
        && defaultValue.equals(other.defaultValue);
  }

  /** For messages: {@code optional {String} auth-plan=free}. */
  @Override
  public String toString() {
    return (optional ? "optional" : "required")
        + " {"
        + type
        + "} "
        + name
        + (defaultValue.isEmpty() ? "" : "=" + defaultValue);
  }
}
