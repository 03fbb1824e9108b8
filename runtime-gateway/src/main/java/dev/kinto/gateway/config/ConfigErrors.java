package dev.kinto.gateway.config;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that is wrong with a configuration and with what belongs to it, from the first key to the
 * last contract error, so that everything is listed at once (contract C42).
 *
 * <p>What cannot be read is put in doubt, and whoever goes on with the rest names the keys that a
 * claim takes for granted: a claim that may only be the consequence of another problem is not made.
 */
public final class ConfigErrors {
  /** What is wrong with a key that a reload finds changed and cannot change, and the mend. */
  public static final String FIXED =
      "this cannot change while the gateway runs. Set it back, or restart the gateway.";

  private final Places places;
  private final List<Problem> all = new ArrayList<>();
  private final Set<String> doubts = new HashSet<>();

  /** None so far. */
  ConfigErrors(Places places) {
    this.places = places;
  }

  private record Problem(Place place, String text, List<String> premises) {
    @Override
    public String toString() {
      return place + ": " + text;
    }
  }

  /**
   * A problem with something that is not the configuration file.
   *
   * @param premises the keys that the claim takes for granted
   */
  public void add(Place place, String text, String... premises) {
    all.add(new Problem(place, text, List.of(premises)));
  }

  /** A problem with a key of the configuration. */
  public void at(String key, String text, String... premises) {
    add(places.of(key), text, premises);
  }

  /** A problem with a value of the configuration: the message shows what the file has for it. */
  public void found(String key, String text, String... premises) {
    at(key, text + foundAt(places, key), premises);
  }

  /** What messages say at their end of a value that is wrong; nothing of a secret. */
  static String foundAt(Places places, String key) {
    return places.source(key).map(source -> " Found: \"" + source + "\"").orElse("");
  }

  /** A key has no value that could be used; everything, if the key is empty. */
  public void doubt(String key) {
    doubts.add(key);
  }

  private boolean isClaim(Problem problem) {
    return problem.premises().stream().noneMatch(this::doubts);
  }

  /** Whether a key, something that it is part of or some part of it is in doubt. */
  private boolean doubts(String key) {
    return doubts.stream().anyMatch(doubt -> isPart(doubt, key) || isPart(key, doubt));
  }

  private static boolean isPart(String whole, String part) {
    return whole.isEmpty()
        || part.equals(whole)
        || (part.startsWith(whole) && ".[".indexOf(part.charAt(whole.length())) >= 0);
  }

  /** What takes a key for granted, each once. */
  public List<String> about(String key) {
    return all.stream()
        .filter(problem -> problem.premises().contains(key))
        .filter(this::isClaim)
        .map(Problem::toString)
        .distinct()
        .toList();
  }

  /** Each once: first those of the configuration by line, then by file. */
  List<String> listed() {
    String file = places.file().file();
    return all.stream()
        .filter(this::isClaim)
        .sorted(
            comparing((Problem problem) -> !problem.place().file().equals(file))
                .thenComparing(problem -> problem.place().file())
                .thenComparingInt(problem -> problem.place().line()))
        .map(Problem::toString)
        .distinct()
        .toList();
  }
}
