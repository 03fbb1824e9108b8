package dev.kinto.apidoc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A tag of a comment: an {@code @} and a letter at the beginning of a line, perhaps behind stars,
 * and what follows up to the next one. As in apidoc the first of its tags may also stand behind
 * other text. Javadoc's own tags are tags too, so that {@code @param} ends an {@code @apiHeader}.
 *
 * @param name the word after the {@code @} in lower case, since apidoc ignores its case
 * @param start the offset of the {@code @}
 * @param content the offset after the name
 * @param end the offset after the last character before the next tag
 */
record Tag(String name, int start, int content, int end) {
  private static final String APIDOCS = "@api";

  /** The tags of a comment, in its order. */
  static List<Tag> in(PlacedText text) {
    List<Tag> tags = new ArrayList<>();
    int start = -1;
    boolean apidocs = false;
    for (int line = 0; line < text.lines(); line++) {
      int lineEnd = text.lineEnd(line);
      int first = skipStars(text, text.lineStart(line), lineEnd);
      if (!beginsTag(text, first)) {
        first = apidocs ? -1 : within(text, first, lineEnd);
      }
      if (first >= 0) {
        if (start >= 0) {
          tags.add(tag(text, start, text.lineStart(line)));
        }
        start = first;
        apidocs |= text.startsWith(APIDOCS, first);
      }
    }
    if (start >= 0) {
      tags.add(tag(text, start, text.length()));
    }
    return tags;
  }

  /**
   * The first of apidoc's tags between two offsets, in its own spelling and not a part of a word or
   * of one of Javadoc's inline tags; -1 if there is none. A mere {@code @api} is one with a method.
   */
  static int within(PlacedText text, int start, int end) {
    for (int at = start; at < end; at++) {
      if (text.startsWith(APIDOCS, at) && (at == start || mayStandBefore(text.charAt(at - 1)))) {
        int nameEnd = wordEnd(text, at + 1, end);
        boolean route = nameEnd == at + APIDOCS.length();
        if (route
            ? text.startsWith("{", text.skipSpace(nameEnd, end))
            : TagName.isKnown(text.substring(at + 1, nameEnd))) {
          return at;
        }
      }
    }
    return -1;
  }

  private static boolean mayStandBefore(char c) {
    return !isWordCharacter(c) && c != '{';
  }

  private static int skipStars(PlacedText text, int start, int end) {
    int at = text.skipSpace(start, end);
    while (at < end && text.charAt(at) == '*') {
      at = text.skipSpace(at + 1, end);
    }
    return at;
  }

  private static boolean beginsTag(PlacedText text, int at) {
    return at + 1 < text.length()
        && text.charAt(at) == '@'
        && text.charAt(at + 1) != '_'
        && !Character.isDigit(text.charAt(at + 1))
        && isWordCharacter(text.charAt(at + 1));
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static int wordEnd(PlacedText text, int start, int end) {
    int at = start;
    while (at < end && isWordCharacter(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static Tag tag(PlacedText text, int start, int end) {
    int content = wordEnd(text, start + 1, end);
    String name = text.substring(start + 1, content).toLowerCase(Locale.ROOT);
    return new Tag(name, start, content, end);
  }
}
