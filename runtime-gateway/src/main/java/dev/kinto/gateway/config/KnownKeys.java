package dev.kinto.gateway.config;

import dev.kinto.declaration.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys that a section may have: those that somebody asked for. */
final class KnownKeys {
  private final Set<String> known = new TreeSet<>();

  void add(String key) {
    known.add(key);
  }

  void addAll(Collection<String> keys) {
    known.addAll(keys);
  }

  boolean contains(String key) {
    return known.contains(key);
  }

  /** Helps whoever wrote an unknown key to the right one. */
  String suggestion(String unknown) {
    return meant(unknown)
        .map(near -> "Did you mean \"" + near + "\"?")
        .orElseGet(() -> "Known here are " + String.join(", ", known) + ".");
  }

  /** What an unknown key may have been meant for: one that is near, or else any other. */
  List<String> perhapsMeant(String unknown) {
    return meant(unknown).map(List::of).orElseGet(() -> List.copyOf(known));
  }

  /** The key that is spelt nearly so, or that begins so. */
  private Optional<String> meant(String unknown) {
    String start = unknown.toLowerCase(Locale.ROOT);
    return Nearest.to(unknown, known)
        .or(
            () ->
                known.stream()
                    .filter(key -> key.toLowerCase(Locale.ROOT).startsWith(start))
                    .findFirst());
  }
}
