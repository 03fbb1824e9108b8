package dev.kinto.apidoc;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import dev.kinto.manifest.FieldType;
import java.util.List;
import java.util.Optional;

/**
 * Reads what follows {@code @apiHeader}, {@code @apiParam}, {@code @apiSuccess} and their siblings:
 * {@code (Group)? {type}? name description}, from left to right, looking at each character a fixed
 * number of times.
 *
 * <p>The forms of a name (contract C10) are {@code name}, <code>{name}</code>, {@code [name]},
 * {@code [name=default]} and {@code [Type] name}. What opens with a bracket closes on the same
 * line; only the description goes on in the lines that follow.
 */
final class FieldLine {
  private static final String FORM = " Write %s (Group) {Type} name description.";

  private final PlacedText text;
  private final String tag;
  private final int tagStart;
  private final int end;
  private final List<Mistake> mistakes;
  private int at;

  /**
   * A line that is yet to be read.
   *
   * @param tag the tag as apidoc spells it, with its {@code @}
   * @param place where the tag stands
   * @param mistakes where to put what cannot be read
   */
  FieldLine(PlacedText text, String tag, Tag place, List<Mistake> mistakes) {
    this.text = text;
    this.tag = tag;
    this.tagStart = place.start();
    this.at = place.content();
    this.end = place.end();
    this.mistakes = mistakes;
  }

  /** The field; empty, and a mistake was put down, if the line cannot be read. */
  Optional<FieldDeclaration> read(String defaultGroup) {
    String writtenAs = tag;
    Text group = new Text(defaultGroup, text.at(tagStart));
    if (next('(')) {
      Optional<Text> written = enclosed(')');
      if (written.isEmpty()) {
        return Optional.empty();
      }
      group = written.get();
      writtenAs = tag + " (" + group.value() + ")";
    }
    Optional<Text> type = Optional.empty();
    boolean optional = false;
    if (next('{')) {
      type = enclosed('}');
      if (type.isEmpty()) {
        return Optional.empty();
      }
    } else if (next('[')) {
      int bracket = at;
      Optional<Text> content = enclosed(']');
      if (content.isEmpty()) {
        return Optional.empty();
      }
      optional = FieldType.isKnown(content.get().value());
      if (optional) {
        type = content;
      } else {
        at = bracket;
      }
    }
    Optional<Name> name = name();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Text field = name.get().name();
    return Optional.of(
        new FieldDeclaration(
            writtenAs,
            group,
            type.orElseGet(() -> field.with("String")),
            field,
            optional || name.get().optional(),
            name.get().defaultValue(),
            Markdown.of(text.oneLine(at, end))));
  }

  /** A name as written: in square brackets it is optional. */
  private record Name(Text name, Optional<Text> defaultValue, boolean optional) {}

  private Optional<Name> name() {
    if (next('[')) {
      int start = at + 1;
      return enclosed(']').isEmpty() ? Optional.empty() : nameAndDefault(start, at - 1, true);
    }
    if (next('{')) {
      int start = at + 1;
      return enclosed('}').isEmpty() ? Optional.empty() : nameAndDefault(start, at - 1, false);
    }
    return bareName();
  }

  private Optional<Name> bareName() {
    int start = at;
    while (at < end && text.charAt(at) != '=' && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    int nameEnd = at;
    int equals = text.skipSpace(at, text.lineEndAfter(at));
    if (nameEnd > start && equals < end && text.charAt(equals) == '=') {
      at = valueEnd(text.skipSpace(equals + 1, end));
    }
    return nameAndDefault(start, at, false);
  }

  /** Where the default of a bare name ends: at its closing quote, else before white space. */
  private int valueEnd(int start) {
    if (start < end && isQuote(text.charAt(start))) {
      int close = find(text.charAt(start), start + 1, text.lineEndAfter(start));
      if (close >= 0) {
        return close + 1;
      }
    }
    return text.skipWord(start, end);
  }

  private Optional<Name> nameAndDefault(int start, int stop, boolean optional) {
    int equals = find('=', start, stop);
    Text name = text.word(start, equals < 0 ? stop : equals);
    if (name.value().isEmpty()) {
      return refuse(tagStart, tag + " lacks the name of its field.");
    }
    Optional<Text> value = Optional.empty();
    if (equals >= 0) {
      value = Optional.of(unquoted(text.word(equals + 1, stop)));
      if (value.get().value().isEmpty()) {
        return refuse(
            equals,
            tag
                + ": the default of \""
                + name.value()
                + "\" is empty. Write it after the \"=\", or leave the \"=\" out.");
      }
    }
    return Optional.of(new Name(name, value, optional));
  }

  private static Text unquoted(Text value) {
    String written = value.value();
    int last = written.length() - 1;
    boolean quoted =
        last > 0 && isQuote(written.charAt(0)) && written.indexOf(written.charAt(0), 1) == last;
    return quoted ? value.with(written.substring(1, last)) : value;
  }

  /** Skips white space and says whether the character then is the wanted one. */
  private boolean next(char wanted) {
    at = text.skipSpace(at, end);
    return at < end && text.charAt(at) == wanted;
  }

  /** What stands between the bracket here and its counterpart, which is left behind. */
  private Optional<Text> enclosed(char closer) {
    int lineEnd = Math.min(end, text.lineEndAfter(at));
    int close = counterpart(closer, lineEnd, true);
    if (close < 0) {
      // A lone quote is part of the text: what seemed to be quoted is read as it stands.
      close = counterpart(closer, lineEnd, false);
    }
    if (close < 0) {
      return refuse(
          at, tag + ": \"" + text.charAt(at) + "\" has no \"" + closer + "\" on the same line.");
    }
    Text content = text.word(at + 1, close);
    if (content.value().isEmpty()) {
      return refuse(
          at,
          tag + ": there is nothing between \"" + text.charAt(at) + "\" and \"" + closer + "\".");
    }
    at = close + 1;
    return Optional.of(content);
  }

  private int counterpart(char closer, int lineEnd, boolean quotesCount) {
    char opener = text.charAt(at);
    char before = opener;
    int depth = 0;
    for (int i = at; i < lineEnd; i++) {
      char c = text.charAt(i);
      if (quotesCount && isQuote(c) && "=,[{:".indexOf(before) >= 0) {
        i = find(c, i + 1, lineEnd);
        if (i < 0) {
          return -1;
        }
      } else if (c == opener) {
        depth++;
      } else if (c == closer && --depth == 0) {
        return i;
      }
      before = Character.isWhitespace(c) ? before : c;
    }
    return -1;
  }

  private int find(char wanted, int start, int stop) {
    for (int i = start; i < stop; i++) {
      if (text.charAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private <T> Optional<T> refuse(int offset, String message) {
    mistakes.add(Rule.APIDOC_SYNTAX.at(text.at(offset), message + FORM.replace("%s", tag)));
    return Optional.empty();
  }
}
