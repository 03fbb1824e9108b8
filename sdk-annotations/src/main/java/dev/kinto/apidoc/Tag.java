package dev.kinto.apidoc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A tag of a comment: an {@code @} and a letter at the beginning of a line, and what follows up to
 * the next one. Javadoc's own tags are tags too, so that {@code @param} ends an {@code @apiHeader}.
 *
 * @param name the word after the {@code @} in lower case, since apidoc ignores its case
 * @param start the offset of the {@code @}
 * @param content the offset after the name
 * @param end the offset after the last character before the next tag
 */
record Tag(String name, int start, int content, int end) {

  /** The tags of a comment, in its order. */
  static List<Tag> in(PlacedText text) {
    List<Tag> tags = new ArrayList<>();
    int start = -1;
    for (int line = 0; line < text.lines(); line++) {
      int first = text.skipSpace(text.lineStart(line), text.lineEnd(line));
      if (beginsTag(text, first)) {
        if (start >= 0) {
          tags.add(tag(text, start, text.lineStart(line)));
        }
        start = first;
      }
    }
    if (start >= 0) {
      tags.add(tag(text, start, text.length()));
    }
    return tags;
  }

  private static boolean beginsTag(PlacedText text, int at) {
    return at + 1 < text.length() && text.charAt(at) == '@' && isLetter(text.charAt(at + 1));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static Tag tag(PlacedText text, int start, int end) {
    int content = start + 1;
    while (content < end && isLetter(text.charAt(content))) {
      content++;
    }
    String name = text.substring(start + 1, content).toLowerCase(Locale.ROOT);
    return new Tag(name, start, content, end);
  }
}
