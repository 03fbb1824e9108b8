package dev.kinto.manifest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The type of a session field in apidoc's notation (contract C4): {@code String}, {@code Number},
 * {@code Boolean}, {@code Object}, each also as an array ({@code String[]}), with an optional size
 * ({@code String{2..5}}, {@code Number{1-10}}) and allowed values ({@code String="free","pro"}).
 *
 * <p>Immutable. Whether a value is allowed is known without a look at all that are: types come from
 * strangers, and may list many.
 *
 * <p>Sizes and allowed values are checked on the decoded text (contract C5): a {@code String}'s
 * size counts code points, a {@code Number}'s is a range of values.
 */
public final class FieldType {

  /** What a value is. */
  public enum Kind {
    /** Any text. */
    STRING("String"),
    /** A decimal number as JSON writes it. */
    NUMBER("Number"),
    /** {@code true} or {@code false}. */
    BOOLEAN("Boolean"),
    /** A JSON object. */
    OBJECT("Object");

    private final String apidocName;

    Kind(String apidocName) {
      this.apidocName = apidocName;
    }

    /** The name as apidoc's documentation spells it. */
    public String apidocName() {
      return apidocName;
    }

    private static Optional<Kind> named(String name) {
      for (Kind kind : values()) {
        if (kind.apidocName.equalsIgnoreCase(name)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  private static final Optional<String> NOT_A_NUMBER = Optional.of("is not a Number");

  /** Any text: what a field is whose author names no type. */
  public static final FieldType STRING =
      new FieldType(Kind.STRING, false, Optional.empty(), Optional.empty(), List.of());

  private final Kind kind;
  private final boolean array;
  private final Optional<BigDecimal> min;
  private final Optional<BigDecimal> max;
  private final List<String> allowedValues;
  private final Set<Object> allowed;
  private final boolean decimal;
  private final List<String> extremes;

  /**
   * A type.
   *
   * @param kind what a value is
   * @param array whether it is an array of these, which travels as JSON text
   * @param min least length of a {@code String} or value of a {@code Number}, if declared
   * @param max greatest length of a {@code String} or value of a {@code Number}, if declared
   * @param allowedValues the values allowed, as text, each once; empty if all are
   */
  FieldType(
      Kind kind,
      boolean array,
      Optional<BigDecimal> min,
      Optional<BigDecimal> max,
      List<String> allowedValues) {
    this.kind = kind;
    this.array = array;
    this.min = min;
    this.max = max;
    this.allowedValues = allowedValues.stream().distinct().toList();
    this.allowed = this.allowedValues.stream().map(this::meaning).collect(Collectors.toSet());
    this.decimal =
        kind == Kind.NUMBER
            && (min.filter(FieldType::hasPoint).isPresent()
                || max.filter(FieldType::hasPoint).isPresent()
                || this.allowedValues.stream().anyMatch(value -> value.indexOf('.') >= 0));
    this.extremes =
        Stream.of(
                this.allowedValues.stream().min(Comparator.comparing(this::sizeOf)),
                this.allowedValues.stream().max(Comparator.comparing(this::sizeOf)))
            .flatMap(Optional::stream)
            .toList();
  }

  /** What a value is. */
  public Kind kind() {
    return kind;
  }

  /** Whether it is an array of these, which travels as JSON text. */
  public boolean array() {
    return array;
  }

  /** The least length of a {@code String} or value of a {@code Number}, if declared. */
  public Optional<BigDecimal> min() {
    return min;
  }

  /** The greatest length of a {@code String} or value of a {@code Number}, if declared. */
  public Optional<BigDecimal> max() {
    return max;
  }

  /** The values allowed, as text, each once; empty if all are. */
  public List<String> allowedValues() {
    return allowedValues;
  }

  /**
   * Parses apidoc's notation, without the braces around the whole. An unknown type name means
   * {@code String} (contract C4); ask {@link #isKnown} to warn its author.
   *
   * @throws IllegalArgumentException that says what was found and what is allowed
   */
  public static FieldType parse(String text) {
    return new FieldTypeParser(text).parse();
  }

  /** Whether the notation begins with one of the four type names. */
  public static boolean isKnown(String text) {
    return Kind.named(nameIn(text)).isPresent();
  }

  /** The kind that a type name means. */
  static Kind kindOf(String name) {
    return Kind.named(name).orElse(Kind.STRING);
  }

  static String nameIn(String text) {
    int end = 0;
    while (end < text.length() && "{=[".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end).strip();
  }

  /**
   * Whether values are kept as {@code double} rather than {@code long} (contract C13): the range or
   * an allowed value has a decimal point.
   */
  public boolean decimal() {
    return decimal;
  }

  private static boolean hasPoint(BigDecimal number) {
    return number.scale() > 0;
  }

  /**
   * Why a decoded value is not of this type.
   *
   * @param value the decoded text (contract C5)
   * @return a half sentence without the value itself, such as {@code "is not a Number"}; empty if
   *     the value is good
   */
  public Optional<String> mismatch(String value) {
    if (array) {
      return JsonText.isArrayOf(value, kind)
          ? Optional.empty()
          : Optional.of("is not the JSON text of a " + kind.apidocName() + "[]");
    }
    Optional<String> ofKind =
        switch (kind) {
          case STRING ->
              mismatchOfSize(BigDecimal.valueOf(value.codePointCount(0, value.length())));
          case NUMBER -> number(value).map(this::mismatchOfNumber).orElse(NOT_A_NUMBER);
          case BOOLEAN ->
              value.equals("true") || value.equals("false")
                  ? Optional.empty()
                  : Optional.of("is neither true nor false");
          case OBJECT ->
              JsonText.isObject(value)
                  ? Optional.empty()
                  : Optional.of("is not the JSON text of an Object");
        };
    if (ofKind.isPresent() || allowedValues.isEmpty() || allows(value)) {
      return ofKind;
    }
    return Optional.of("is not one of " + String.join(", ", allowedValues));
  }

  /**
   * Why a decoded value may not be set in a field of this type: as {@link #mismatch}, and a {@code
   * Number} that is not {@link #decimal} is a whole one of 64 bits (contract C13), since its
   * readers have it as a {@code long}.
   */
  public Optional<String> mismatchWhenSet(String value) {
    Optional<String> mismatch = mismatch(value);
    boolean whole = kind == Kind.NUMBER && !array && !decimal();
    if (mismatch.isPresent() || !whole || wholeNumber(value).isPresent()) {
      return mismatch;
    }
    return Optional.of(
        "is not a whole number of 64 bits; the range of a Number with decimals has a point, as in"
            + " Number{0.0..}");
  }

  /** The whole number that a JSON number is, however it is written; empty if it is none. */
  public static OptionalLong wholeNumber(String number) {
    try {
      return OptionalLong.of(new BigDecimal(number).longValueExact());
    } catch (ArithmeticException | NumberFormatException decimalOrTooLarge) {
      return OptionalLong.empty();
    }
  }

  private Optional<String> mismatchOfNumber(BigDecimal number) {
    return Double.isInfinite(number.doubleValue())
        ? Optional.of("is beyond the greatest Number, " + Double.MAX_VALUE)
        : mismatchOfSize(number);
  }

  /** A number as JSON writes it; empty if it is none, or has an exponent beyond all use. */
  private static Optional<BigDecimal> number(String value) {
    if (!JsonText.isNumber(value)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(value));
    } catch (NumberFormatException tooLargeExponent) {
      return Optional.empty();
    }
  }

  private boolean allows(String value) {
    return allowed.contains(meaning(value));
  }

  /** What makes two values one: for numbers it is no matter how they are written. */
  private Object meaning(String value) {
    return kind == Kind.NUMBER && !array ? new BigDecimal(value).stripTrailingZeros() : value;
  }

  private Optional<String> mismatchOfSize(BigDecimal size) {
    boolean small = min.isPresent() && size.compareTo(min.get()) < 0;
    boolean large = max.isPresent() && size.compareTo(max.get()) > 0;
    if (!small && !large) {
      return Optional.empty();
    }
    String what = kind == Kind.NUMBER ? "is not in the range " : "has not a length of ";
    return Optional.of(what + size());
  }

  /** The size as apidoc writes it, without braces; empty if there is none. */
  private String size() {
    if (min.isEmpty() && max.isEmpty()) {
      return "";
    }
    String separator = kind == Kind.NUMBER && min.isPresent() && max.isPresent() ? "-" : "..";
    return min.map(BigDecimal::toPlainString).orElse("")
        + separator
        + max.map(BigDecimal::toPlainString).orElse("");
  }

  /** What a size limits: a number's value, else the length. */
  private BigDecimal sizeOf(String value) {
    return kind == Kind.NUMBER && !array
        ? new BigDecimal(value)
        : BigDecimal.valueOf(value.codePointCount(0, value.length()));
  }

  /**
   * The least and the greatest of the allowed values, or the shortest and the longest: a size that
   * holds for these holds for all. Empty if every value is allowed.
   */
  public List<String> extremes() {
    return extremes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldType type
        && kind == type.kind
        && array == type.array
        && min.equals(type.min)
        && max.equals(type.max)
        && allowedValues.equals(type.allowedValues);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, array, min, max, allowedValues);
  }

  /** The type in apidoc's notation: {@link #parse} reads it back. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.apidocName());
    if (array) {
      text.append("[]");
    }
    if (!size().isEmpty()) {
      text.append('{').append(size()).append('}');
    }
    String separator = "=";
    for (String value : allowedValues) {
      text.append(separator);
      if (kind == Kind.NUMBER) {
        text.append(value);
      } else {
        char quote = value.indexOf('"') < 0 ? '"' : '\'';
        text.append(quote).append(value).append(quote);
      }
      separator = ",";
    }
    return text.toString();
  }

  /** Reads the notation from left to right: name, array, size, allowed values. */
  private static final class FieldTypeParser {
    private final String text;
    private int at;

    FieldTypeParser(String text) {
      this.text = text.strip();
    }

    FieldType parse() {
      String name = nameIn(text);
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "a type begins with String, Number, Boolean or Object. Found: \"" + text + "\"");
      }
      at = name.length();
      Kind kind = kindOf(name);
      skipSpace();
      boolean array = text.startsWith("[]", at);
      if (array) {
        at += 2;
        skipSpace();
      }
      Optional<BigDecimal> min = Optional.empty();
      Optional<BigDecimal> max = Optional.empty();
      if (at < text.length() && text.charAt(at) == '{') {
        int close = text.indexOf('}', at);
        String size = close < 0 ? text.substring(at) : text.substring(at + 1, close).strip();
        int separator = size.indexOf("..");
        int width = 2;
        if (separator < 0) {
          separator = size.indexOf('-', 1);
          width = 1;
        }
        if (close < 0 || separator < 0) {
          throw badSize(size);
        }
        min = bound(size.substring(0, separator), size);
        max = bound(size.substring(separator + width), size);
        boolean sized = kind == Kind.STRING || kind == Kind.NUMBER;
        if (!sized || array || (min.isEmpty() && max.isEmpty())) {
          throw badSize(size);
        }
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
          throw new IllegalArgumentException(
              "the size {" + size + "} allows nothing: its least is greater than its greatest");
        }
        at = close + 1;
        skipSpace();
      }
      List<String> allowed = List.of();
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        allowed = allowedValues();
      }
      if (at < text.length()) {
        throw new IllegalArgumentException(
            "a type is written Name[]{size}=value,value with the last three optional. Found: \""
                + text.substring(at)
                + "\" in \""
                + text
                + "\"");
      }
      FieldType type = new FieldType(kind, array, min, max, List.of());
      for (String value : allowed) {
        Optional<String> mismatch = type.mismatch(value);
        if (mismatch.isPresent()) {
          throw new IllegalArgumentException(
              "the allowed value \"" + value + "\" " + mismatch.get() + " itself");
        }
      }
      return new FieldType(kind, array, min, max, allowed);
    }

    private IllegalArgumentException badSize(String size) {
      return new IllegalArgumentException(
          "a size is written String{2..5}, String{..5} or Number{1-10}, and only for these two."
              + " Found: \""
              + size
              + "\" in \""
              + text
              + "\"");
    }

    private Optional<BigDecimal> bound(String number, String size) {
      String trimmed = number.strip();
      if (trimmed.isEmpty()) {
        return Optional.empty();
      }
      // Bounds longer than any real one are refused before BigDecimal spends time on them, and
      // exponents because a few characters of them would be a gigabyte when written out.
      if (!JsonText.isNumber(trimmed)
          || trimmed.length() > 40
          || trimmed.indexOf('e') >= 0
          || trimmed.indexOf('E') >= 0) {
        throw badSize(size);
      }
      return Optional.of(new BigDecimal(trimmed));
    }

    private List<String> allowedValues() {
      List<String> values = new ArrayList<>();
      boolean more = true;
      while (more) {
        skipSpace();
        values.add(allowedValue());
        skipSpace();
        more = at < text.length() && text.charAt(at) == ',';
        at += more ? 1 : 0;
      }
      return values;
    }

    private String allowedValue() {
      char quote = at < text.length() ? text.charAt(at) : ' ';
      if (quote == '"' || quote == '\'') {
        int close = text.indexOf(quote, at + 1);
        if (close < 0) {
          throw new IllegalArgumentException(
              "an allowed value lacks its closing quote. Found: \"" + text.substring(at) + "\"");
        }
        String value = text.substring(at + 1, close);
        at = close + 1;
        return value;
      }
      int end = text.indexOf(',', at);
      String value = text.substring(at, end < 0 ? text.length() : end).strip();
      if (value.isEmpty()) {
        throw new IllegalArgumentException("an allowed value is missing in \"" + text + "\"");
      }
      if (value.indexOf('"') >= 0 && value.indexOf('\'') >= 0) {
        // Could not be written back: apidoc's notation has no escapes.
        throw new IllegalArgumentException(
            "an allowed value may hold \" or ', not both. Found: " + value);
      }
      at = end < 0 ? text.length() : end;
      return value;
    }

    private void skipSpace() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }
  }
}
