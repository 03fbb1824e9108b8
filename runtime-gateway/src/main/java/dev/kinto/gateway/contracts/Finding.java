package dev.kinto.gateway.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that was found.
 *
 * @param kind which
 * @param severity how much it matters here, which may be less than the kind's own
 * @param message what was found
 * @param place the smallest thing that is wrong
 * @param related what it is wrong with, for instance the write that a read does not accept
 */
public record Finding(
    FindingKind kind, Severity severity, String message, Place place, List<Related> related) {

  private static final int MOST_SHOWN = 1_000;

  /**
   * Another place that belongs to a finding.
   *
   * @param place where
   * @param message what is there
   */
  public record Related(Place place, String message) {}

  /** Copies the list. */
  public Finding {
    related = List.copyOf(related);
  }

  /** A finding with its kind's own severity; the arguments fill the kind's message in order. */
  static Finding of(FindingKind kind, Place place, Object... arguments) {
    return new Finding(
        kind,
        kind.severity(),
        String.format(
            Locale.ROOT, kind.format(), Arrays.stream(arguments).map(Finding::shown).toArray()),
        place,
        List.of());
  }

  /** A long text is shown by its beginning: it may stand in many messages. */
  private static Object shown(Object argument) {
    return argument instanceof Integer || argument.toString().length() <= MOST_SHOWN
        ? argument
        : argument.toString().substring(0, MOST_SHOWN) + "…";
  }

  Finding with(Severity other) {
    return new Finding(kind, other, message, place, related);
  }

  Finding with(List<Related> others) {
    return new Finding(kind, severity, message, place, others);
  }

  /** Whether something will fail. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** What to do about it; a compatible change needs nothing. */
  public Optional<String> mend() {
    return kind.ofDiff() && severity == Severity.NOTE ? Optional.empty() : Optional.of(kind.mend());
  }

  /** The message for people: {@code [KintoReadType] "auth-userId" is …}. */
  public String text() {
    return "[" + kind.id() + "] " + message;
  }
}
