package dev.kinto.session;

import dev.kinto.manifest.FieldType;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A declared session field, which reads its value from request headers and checks a value that is
 * to be set (contract C4 to C7, C13). Generated code holds one for each declared field; it is
 * immutable.
 *
 * <p>A value is required of a field without which a route is not called, and of one with a default:
 * where the session has none, that is the value.
 *
 * <p>A lookup gives the value of a request header by name, or null. An empty value counts as
 * absent.
 */
public final class SessionField {
  private final String name;
  private final FieldType type;
  private final @Nullable String defaultValue;

  private SessionField(String name, FieldType type, @Nullable String defaultValue) {
    this.name = name;
    this.type = type;
    this.defaultValue = defaultValue;
  }

  /** A field of a type in apidoc's notation, for instance {@code String{2..5}}. */
  public static SessionField of(String name, String type) {
    return new SessionField(name, FieldType.parse(type), null);
  }

  /** The same field with the value that an optional read has in a session without it. */
  public SessionField withDefault(String decodedValue) {
    return new SessionField(name, type, decodedValue);
  }

  /** The name in its owner's spelling. */
  public String name() {
    return name;
  }

  /** The text of a required {@code String}, {@code Object} or array. */
  public String requiredString(Function<String, @Nullable String> lookup) {
    return required(optionalString(lookup));
  }

  /** The text of an optional {@code String}, {@code Object} or array. */
  public Optional<String> optionalString(Function<String, @Nullable String> lookup) {
    return read(lookup, text -> text);
  }

  /** The value of a required {@code Number}. */
  public long requiredLong(Function<String, @Nullable String> lookup) {
    return required(optionalLong(lookup));
  }

  /** The value of an optional {@code Number}. */
  public Optional<Long> optionalLong(Function<String, @Nullable String> lookup) {
    return read(lookup, this::parseLong);
  }

  /** The value of a required {@code Number} with decimals. */
  public double requiredDouble(Function<String, @Nullable String> lookup) {
    return required(optionalDouble(lookup));
  }

  /** The value of an optional {@code Number} with decimals. */
  public Optional<Double> optionalDouble(Function<String, @Nullable String> lookup) {
    return read(lookup, Double::valueOf);
  }

  /** The value of a required {@code Boolean}. */
  public boolean requiredBoolean(Function<String, @Nullable String> lookup) {
    return required(optionalBoolean(lookup));
  }

  /** The value of an optional {@code Boolean}. */
  public Optional<Boolean> optionalBoolean(Function<String, @Nullable String> lookup) {
    return read(lookup, Boolean::valueOf);
  }

  private <T> T required(Optional<T> value) {
    return value.orElseThrow(
        () ->
            new SessionValueException(
                name, "The required session field " + name + " (" + type + ") is absent"));
  }

  private <T> Optional<T> read(
      Function<String, @Nullable String> lookup, Function<String, T> conversion) {
    String wire = lookup.apply(name);
    if (wire == null || wire.isBlank()) {
      return Optional.ofNullable(defaultValue).map(conversion);
    }
    String text =
        WireText.decode(wire.strip())
            .orElseThrow(() -> illTyped(wire, "is not percent-encoded UTF-8"));
    Optional<String> mismatch = type.mismatch(text);
    if (mismatch.isPresent()) {
      throw illTyped(text, mismatch.get());
    }
    return Optional.of(conversion.apply(text));
  }

  private long parseLong(String text) {
    return FieldType.wholeNumber(text)
        .orElseThrow(() -> illTyped(text, "is not a whole number of 64 bits"));
  }

  /**
   * The wire form of a text that is to be set: a {@code String}, or the JSON of an Object or array.
   */
  public String encode(String value) {
    Optional<String> mismatch = type.mismatchWhenSet(value);
    if (mismatch.isPresent()) {
      throw illTyped(value, mismatch.get());
    }
    if (value.isBlank()) {
      throw illTyped(value, "is blank, which would remove the field; to remove it, clear it");
    }
    return WireText.encode(value);
  }

  /** The wire form of a {@code Number} that is to be set. */
  public String encode(long value) {
    return encode(Long.toString(value));
  }

  /** The wire form of a {@code Number} with decimals that is to be set. */
  public String encode(double value) {
    return encode(Double.toString(value));
  }

  /** The wire form of a {@code Boolean} that is to be set. */
  public String encode(boolean value) {
    return encode(Boolean.toString(value));
  }

  private SessionValueException illTyped(String value, String mismatch) {
    return new SessionValueException(
        name,
        "The session field "
            + name
            + " ("
            + type
            + ") has the value \""
            + value
            + "\", which "
            + mismatch);
  }
}
