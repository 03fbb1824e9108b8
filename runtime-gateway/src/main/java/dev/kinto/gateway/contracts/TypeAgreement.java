package dev.kinto.gateway.contracts;

import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.FieldType.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Whether everything that one type allows is accepted by another (contract C4): what a route sets
 * by what another reads, or what a new release sets by what the old one promised.
 *
 * <p>An empty value removes the field (contract C7), so every {@code String} that is set has a
 * length of at least 1.
 *
 * @param verdict how it ends
 * @param reason a half sentence that says what does not fit; empty if all fits
 */
record TypeAgreement(Verdict verdict, String reason) {

  /** How well the types fit. */
  enum Verdict {
    /** Every value is accepted, and means the same. */
    AGREES,
    /** Every value is accepted, but as another kind: a Number as a String. */
    FITS_AS_OTHER_TYPE,
    /** The kinds do not fit. */
    OTHER_TYPE,
    /** The kinds fit, but some value is not accepted. */
    OTHER_RANGE
  }

  private static final BigDecimal MOST_LISTED = BigDecimal.valueOf(100);
  private static final int MOST_OF_OTHER_KIND = 100;
  private static final TypeAgreement AGREES = new TypeAgreement(Verdict.AGREES, "");
  private static final TypeAgreement FITS = new TypeAgreement(Verdict.FITS_AS_OTHER_TYPE, "");

  /**
   * Compares two types.
   *
   * @param set what may be set
   * @param read what is accepted
   * @param decimalRead whether the reader keeps decimals (contract C13), which its default may say
   */
  static TypeAgreement of(FieldType set, FieldType read, boolean decimalRead) {
    if (set.equals(read) && !truncates(set, decimalRead)) {
      return AGREES;
    }
    boolean sameKind = set.kind() == read.kind() && set.array() == read.array();
    Optional<List<String>> values =
        sameKind && !set.extremes().isEmpty() && read.allowedValues().isEmpty()
            ? Optional.of(set.extremes())
            : values(set).filter(all -> sameKind || all.size() <= MOST_OF_OTHER_KIND);
    if (values.isPresent()) {
      Optional<String> refused =
          values.get().stream().filter(v -> read.mismatch(v).isPresent()).findFirst();
      if (refused.isPresent()) {
        return sameKind
            ? range("\"" + refused.get() + "\" " + read.mismatch(refused.get()).orElseThrow())
            : other("\"" + refused.get() + "\" is not accepted");
      }
      if (sameKind && truncates(set, decimalRead)) {
        return range("a value may have decimals, which a whole number has not");
      }
      return sameKind ? AGREES : FITS;
    }
    if (!sameKind) {
      return read.equals(FieldType.STRING)
          ? FITS
          : other(name(set) + " is not " + article(read) + name(read));
    }
    if (set.array()) {
      return AGREES;
    }
    return ofRanges(set, read, decimalRead);
  }

  private static TypeAgreement ofRanges(FieldType set, FieldType read, boolean decimalRead) {
    if (!read.allowedValues().isEmpty()) {
      return range("other values than " + String.join(", ", read.allowedValues()) + " may be set");
    }
    if (truncates(set, decimalRead)) {
      return range("a value may have decimals, which a whole number has not");
    }
    String what = set.kind() == Kind.NUMBER ? "value" : "length";
    Optional<BigDecimal> least =
        set.kind() == Kind.STRING
            ? Optional.of(set.min().orElse(BigDecimal.ONE).max(BigDecimal.ONE))
            : set.min();
    if (read.min().isPresent()
        && !least.filter(n -> n.compareTo(read.min().get()) >= 0).isPresent()) {
      return range(
          "the least " + what + " is " + least.map(BigDecimal::toPlainString).orElse("unbounded"));
    }
    if (read.max().isPresent()
        && !set.max().filter(n -> n.compareTo(read.max().get()) <= 0).isPresent()) {
      return range(
          "the greatest "
              + what
              + " is "
              + set.max().map(BigDecimal::toPlainString).orElse("unbounded"));
    }
    return AGREES;
  }

  private static boolean truncates(FieldType set, boolean decimalRead) {
    return set.decimal() && !decimalRead;
  }

  /** All values that may be set, where they can be listed. */
  private static Optional<List<String>> values(FieldType set) {
    if (set.array()) {
      return Optional.empty();
    }
    if (!set.allowedValues().isEmpty()) {
      return Optional.of(set.allowedValues());
    }
    return set.kind() == Kind.BOOLEAN ? Optional.of(List.of("true", "false")) : wholeNumbers(set);
  }

  /** The values of {@code Number{1-3}}, so that a reader may list them as {@code Number=1,2,3}. */
  private static Optional<List<String>> wholeNumbers(FieldType set) {
    boolean whole =
        set.kind() == Kind.NUMBER
            && !set.decimal()
            && set.min().isPresent()
            && set.max().isPresent();
    if (!whole || set.max().get().subtract(set.min().get()).compareTo(MOST_LISTED) > 0) {
      return Optional.empty();
    }
    long least = set.min().get().longValue();
    return Optional.of(
        LongStream.rangeClosed(least, set.max().get().longValue())
            .mapToObj(Long::toString)
            .toList());
  }

  private static String name(FieldType type) {
    return type.kind().apidocName() + (type.array() ? "[]" : "");
  }

  private static String article(FieldType type) {
    return type.kind() == Kind.OBJECT ? "an " : "a ";
  }

  private static TypeAgreement other(String reason) {
    return new TypeAgreement(Verdict.OTHER_TYPE, reason);
  }

  private static TypeAgreement range(String reason) {
    return new TypeAgreement(Verdict.OTHER_RANGE, reason);
  }
}
