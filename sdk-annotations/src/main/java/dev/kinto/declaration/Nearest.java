package dev.kinto.declaration;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The word that a misspelt one was probably meant to be, for "Did you mean …?". */
public final class Nearest {
  /** Longer words are not compared, nor with more than these, so that hostile ones cost little. */
  private static final int MAX_LENGTH = 40;

  private static final int MAX_CANDIDATES = 50;

  private Nearest() {}

  /** The nearest of some words, ignoring case; empty if none is near. */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    List<String> candidates = known.stream().limit(MAX_CANDIDATES).toList();
    int tolerated = word.length() < 4 ? 0 : word.length() < 8 ? 1 : 2;
    for (int distance = 0; distance <= tolerated; distance++) {
      for (String candidate : candidates) {
        if (distance(lowerCase(candidate), lowerCase(word)) == distance) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  private static String lowerCase(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /**
   * The least number of characters to insert, remove or replace, or of neighbours to swap (optimal
   * string alignment).
   */
  private static int distance(String from, String to) {
    if (from.length() > 2 * MAX_LENGTH) {
      return from.length();
    }
    int[][] rows = new int[from.length() + 1][to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      rows[i][0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = rows[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        rows[i][j] = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        if (areSwapped(from, i, to, j)) {
          rows[i][j] = Math.min(rows[i][j], 1 + rows[i - 2][j - 2]);
        }
      }
    }
    return rows[from.length()][to.length()];
  }

  private static boolean areSwapped(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
