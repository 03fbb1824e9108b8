package dev.kinto.gateway.contracts;

import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.session.WireText;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many bytes session fields may have on the wire: names and values as the gateway counts them
 * (contract C5, C29).
 *
 * <p>A {@code String{..n}} has up to {@code n} code points, each of up to 4 bytes of UTF-8, each
 * byte of up to 3 characters: 12 {@code n}. No value is longer than the 8192 bytes that the gateway
 * allows. A value without a bound counts as {@value #UNBOUNDED}: most are short, and a warning for
 * each {@code String} would be heard by nobody; thirty of them on one request are a warning.
 */
final class WireSize {
  static final int LIMIT = 8192;
  static final int UNBOUNDED = 256;

  /** The digits of a long with its sign, or of a double with sign, point and exponent. */
  private static final int LONG = 20;

  private static final int DOUBLE = 24;
  private static final int BYTES_PER_CODE_POINT = 12;

  /** A field and its greatest size. */
  record Field(FieldName name, int bytes) {
    static Field of(FieldName name, FieldType type) {
      return new Field(name, name.spelling().length() + value(type));
    }
  }

  private final List<Field> fields;

  private WireSize(List<Field> fields) {
    this.fields = fields;
  }

  static WireSize of(List<Field> fields) {
    return new WireSize(fields);
  }

  int bytes() {
    return fields.stream().mapToInt(Field::bytes).sum();
  }

  boolean exceedsLimit() {
    return bytes() > LIMIT;
  }

  /** The largest fields for a message. */
  String largest() {
    return fields.stream()
        .sorted(Comparator.comparingInt(Field::bytes).reversed().thenComparing(Field::name))
        .limit(3)
        .map(field -> "\"" + field.name() + "\" " + field.bytes())
        .collect(Collectors.joining(", "));
  }

  /** The greatest size of a value in wire form. */
  static int value(FieldType type) {
    if (type.array() || type.kind() == FieldType.Kind.OBJECT) {
      return UNBOUNDED;
    }
    if (!type.allowedValues().isEmpty()) {
      return type.allowedValues().stream()
          .mapToInt(value -> WireText.encode(value).length())
          .max()
          .orElse(0);
    }
    return switch (type.kind()) {
      case BOOLEAN -> "false".length();
      case NUMBER -> type.decimal() ? DOUBLE : LONG;
      default -> type.max().map(WireSize::encoded).orElse(UNBOUNDED);
    };
  }

  private static int encoded(BigDecimal codePoints) {
    return codePoints
        .multiply(BigDecimal.valueOf(BYTES_PER_CODE_POINT))
        .min(BigDecimal.valueOf(LIMIT))
        .intValue();
  }
}
