package dev.kinto.apidoc;

import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.manifest.Example;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads what follows {@code @apiSuccessExample} and its siblings: {@code {type}? title} on the line
 * of the tag, and the example itself on those below.
 */
final class ExampleLines {
  private final PlacedText text;
  private final String tag;
  private final Tag place;
  private final List<Mistake> mistakes;

  ExampleLines(PlacedText text, String tag, Tag place, List<Mistake> mistakes) {
    this.text = text;
    this.tag = tag;
    this.place = place;
    this.mistakes = mistakes;
  }

  /** The example; empty, and a mistake was put down, if there is none. */
  Optional<Example> read(Example.Subject of) {
    int lineEnd = Math.min(place.end(), text.lineEndAfter(place.start()));
    int start = text.skipSpace(place.content(), lineEnd);
    String type = "";
    if (start < lineEnd && text.charAt(start) == '{') {
      int close = text.substring(start, lineEnd).indexOf('}');
      if (close > 0) {
        type = text.oneLine(start + 1, start + close).toLowerCase(Locale.ROOT);
        start += close + 1;
      }
    }
    String content = text.block(Math.min(lineEnd + 1, place.end()), place.end());
    if (content.isEmpty()) {
      mistakes.add(
          Rule.APIDOC_UNREAD.at(
              text.at(place.start()),
              tag + " lacks its example. Write it on the lines below the tag."));
      return Optional.empty();
    }
    return Optional.of(
        new Example(
            of,
            text.oneLine(start, lineEnd),
            type.isEmpty() ? Example.DEFAULT_TYPE : type,
            content));
  }
}
