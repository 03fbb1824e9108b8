package dev.kinto.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Java's spellings of the names of fields, routes and microservices: {@code auth-userId} is {@code
 * authUserId}, {@code AuthUserId} or {@code AUTH_USER_ID}. Two names may get one spelling, and one
 * may be a keyword: whoever declares them allocates them.
 */
final class JavaNames {
  private JavaNames() {}

  /** For types: {@code AuthUserId}. */
  static String type(String name) {
    StringBuilder java = new StringBuilder();
    words(name).forEach(word -> java.append(capitalised(word)));
    return java.toString();
  }

  /** For methods, parameters and variables: {@code authUserId}. */
  static String variable(String name) {
    List<String> words = words(name);
    StringBuilder java = new StringBuilder();
    for (String word : words) {
      java.append(java.isEmpty() ? decapitalised(word) : capitalised(word));
    }
    return java.toString();
  }

  /** For constants: {@code AUTH_USER_ID}. */
  static String constant(String name) {
    StringBuilder java = new StringBuilder();
    for (String word : words(name)) {
      for (int i = 0; i < word.length(); i++) {
        boolean humps = i > 0 && beginsHump(word, i);
        java.append((i == 0 && !java.isEmpty()) || humps ? "_" : "").append(word.charAt(i));
      }
    }
    return java.toString().toUpperCase(Locale.ROOT);
  }

  /** Whether a word of its own begins here: the I of userId, the S of HTTPServer. */
  private static boolean beginsHump(String word, int i) {
    if (!Character.isUpperCase(word.charAt(i))) {
      return false;
    }
    boolean lowerNext = i + 1 < word.length() && Character.isLowerCase(word.charAt(i + 1));
    return !Character.isUpperCase(word.charAt(i - 1)) || lowerNext;
  }

  /** The runs of letters and digits. */
  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= name.length(); i++) {
      boolean inWord = i < name.length() && Character.isLetterOrDigit(name.charAt(i));
      if (inWord && start < 0) {
        start = i;
      } else if (!inWord && start >= 0) {
        words.add(name.substring(start, i));
        start = -1;
      }
    }
    return words.isEmpty() ? List.of("unnamed") : words;
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** {@code URLPath} is {@code urlPath}: a run of capitals at the beginning is one hump. */
  private static String decapitalised(String word) {
    int end = 1;
    while (end < word.length()
        && Character.isUpperCase(word.charAt(end))
        && !beginsHump(word, end)) {
      end++;
    }
    return word.substring(0, end).toLowerCase(Locale.ROOT) + word.substring(end);
  }
}
