package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.kinto.manifest.FieldType;
import java.util.Optional;

/** The Java type of a session field's values (contract C13), which names SessionField's methods. */
enum ValueType {
  /** Text, also that of JSON. */
  STRING("String"),
  /** A whole number. */
  LONG("Long"),
  /** A number with decimals. */
  DOUBLE("Double"),
  /** True or false. */
  BOOLEAN("Boolean");

  private final String suffix;

  ValueType(String suffix) {
    this.suffix = suffix;
  }

  static ValueType of(FieldType type, Optional<String> defaultValue) {
    // Arrays and objects are JSON text, which the author's own library reads.
    if (type.array()) {
      return STRING;
    }
    return switch (type.kind()) {
      case STRING, OBJECT -> STRING;
      case BOOLEAN -> BOOLEAN;
      case NUMBER ->
          type.decimal() || defaultValue.stream().anyMatch(ValueType::isDecimal) ? DOUBLE : LONG;
    };
  }

  private static boolean isDecimal(String number) {
    return number.indexOf('.') >= 0;
  }

  /** {@code Long} in {@code requiredLong} and {@code optionalLong}. */
  String suffix() {
    return suffix;
  }

  /** The type of a value that is there. */
  TypeName java() {
    return switch (this) {
      case STRING -> ClassName.get(String.class);
      case LONG -> TypeName.LONG;
      case DOUBLE -> TypeName.DOUBLE;
      case BOOLEAN -> TypeName.BOOLEAN;
    };
  }
}
