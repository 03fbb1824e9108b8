package dev.kinto.gateway.contracts;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that was probably meant: the one with the fewest edits, if they are few. */
final class NearestName {
  private static final int MOST_EDITS = 3;

  private NearestName() {}

  static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .filter(other -> Math.abs(other.length() - name.length()) <= MOST_EDITS)
        .filter(other -> edits(name, other) <= Math.min(MOST_EDITS, name.length() / 3))
        .min(Comparator.comparingInt((String other) -> edits(name, other)).thenComparing(n -> n));
  }

  /** The Levenshtein distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
