package dev.kinto.apidoc;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.MeantGroup;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import dev.kinto.manifest.FieldType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what follows {@code @apiHeader}, {@code @apiParam}, {@code @apiSuccess} and their siblings:
 * {@code (Group)? {type}? name description}, from left to right, looking at each character a fixed
 * number of times.
 *
 * <p>The forms of a name (contract C10) are {@code name}, <code>{name}</code>, {@code [name]},
 * {@code [name=default]} and {@code [Type] name}. What opens with a bracket closes on the same
 * line; only the description goes on in the lines that follow.
 *
 * <p>Of what is documented only the tool reads as much as it can, and so does this: a name ends
 * where its characters do ({@code ids(max 10)} is {@code ids}), and a type may take more lines. A
 * line in the group {@code Session} or {@code Config} is read strictly, and one that cannot be read
 * is an error.
 */
final class FieldLine {
  private static final String FORM = " Write %s (Group) {Type} name description.";

  /** A word, perhaps in other marks than parentheses, where the group stands, before a type. */
  private static final Pattern UNMARKED = Pattern.compile("[^\\p{Alnum}(]*(\\p{Alpha}+)\\W*\\{.*");

  /** A group behind the type. */
  private static final Pattern BEHIND = Pattern.compile("\\{[^}]*\\}\\s*\\(([^)]*)\\).*");

  private final PlacedText text;
  private final String tag;
  private final int tagStart;
  private final int end;
  private final boolean asTheTool;
  private final List<Mistake> mistakes;
  private int at;
  private int groupAt = -1;

  /** Whether the group is the session's or that of configuration values, or nearly so. */
  private boolean contract;

  /**
   * A line that is yet to be read.
   *
   * @param tag the tag as apidoc spells it, with its {@code @}
   * @param place where the tag stands
   * @param asTheTool whether to leave out what the apidoc tool leaves out
   * @param mistakes where to put what cannot be read
   */
  FieldLine(PlacedText text, String tag, Tag place, boolean asTheTool, List<Mistake> mistakes) {
    this.asTheTool = asTheTool;
    this.text = text;
    this.tag = tag;
    this.tagStart = place.start();
    this.at = place.content();
    this.end = place.end();
    this.mistakes = mistakes;
  }

  /** The field; empty, and a mistake was put down, if the line cannot be read. */
  Optional<FieldDeclaration> read(String defaultGroup) {
    Optional<String> misplaced = misplacedGroup();
    if (misplaced.isPresent()) {
      contract = true;
      return refuse(
          tagStart,
          tag + ": a group stands in parentheses before the type. Found: " + misplaced.get() + ".");
    }
    String writtenAs = tag;
    Text group = new Text(defaultGroup, text.at(tagStart));
    if (next('(')) {
      groupAt = at;
      contract = meansContract();
      Optional<Text> written = enclosed(')');
      if (written.isEmpty()) {
        return Optional.empty();
      }
      contract = MeantGroup.of(written.get().value()).isPresent();
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
    if (asTheTool && !contract && hasKeyInBrackets()) {
      return refuse(
          tagStart,
          tag
              + " is passed over, as by the apidoc tool, because something in brackets follows a"
              + " word without a space. Write user.name for user[name], and a space before the"
              + " bracket of a description.");
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

  /** The offset of the parenthesis before the group; -1 if there is none. */
  int groupAt() {
    return groupAt;
  }

  /** The session's group, or that of configuration values, where none is read. */
  private Optional<String> misplacedGroup() {
    String line = text.oneLine(at, lineEnd());
    return Stream.of(UNMARKED.matcher(line), BEHIND.matcher(line))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .filter(word -> MeantGroup.of(word).isPresent())
        .findFirst();
  }

  /** A name as written: in square brackets it is optional. */
  private record Name(Text name, Optional<Text> defaultValue, boolean optional) {}

  private Optional<Name> name() {
    if (next('[')) {
      int start = at + 1;
      if (!contract && counterpart(']', lineEnd(), false) < 0) {
        at = start;
        return bareName(true);
      }
      return enclosed(']').isEmpty() ? Optional.empty() : nameAndDefault(start, at - 1, true);
    }
    if (next('{')) {
      int start = at + 1;
      return enclosed('}').isEmpty() ? Optional.empty() : nameAndDefault(start, at - 1, false);
    }
    return bareName(false);
  }

  private Optional<Name> bareName(boolean optional) {
    int start = text.skipSpace(at, end);
    at = wordEnd(start, end);
    int nameEnd = at;
    int equals = text.skipSpace(at, Math.min(end, text.lineEndAfter(at)));
    if (nameEnd > start && equals < end && text.charAt(equals) == '=') {
      at = valueEnd(text.skipSpace(equals + 1, end));
    }
    return nameAndDefault(start, at, optional);
  }

  /** Where a name ends: a documented one with apidoc's characters, if it begins with one. */
  private int wordEnd(int start, int stop) {
    int word = start;
    while (word < stop && text.charAt(word) != '=' && !Space.is(text.charAt(word))) {
      word++;
    }
    int known = start;
    while (known < word && (isNameCharacter(text.charAt(known)) || keyEnd(known, word) > 0)) {
      known = Math.max(known + 1, keyEnd(known, word));
    }
    return contract || known == start ? word : known;
  }

  /** Where a key in brackets ends, which leads into an object or list; -1 if there is none. */
  private int keyEnd(int start, int stop) {
    if (text.charAt(start) != '[') {
      return -1;
    }
    int at = start + 1;
    while (at < stop && isNameCharacter(text.charAt(at))) {
      at++;
    }
    return at < stop && text.charAt(at) == ']' ? at + 1 : -1;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "#@$:./\\_-".indexOf(c) >= 0;
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
    int nameStop = equals < 0 ? stop : equals;
    int nameStart = text.skipSpace(start, nameStop);
    Text name =
        text.word(
            nameStart, contract ? nameStop : Math.min(nameStop, wordEnd(nameStart, nameStop)));
    if (name.value().isEmpty()) {
      return refuse(tagStart, tag + " lacks the name of its field.");
    }
    Optional<Text> value = Optional.empty();
    if (equals >= 0) {
      value = Optional.of(unquoted(text.word(equals + 1, stop)));
      if (value.get().value().isEmpty()) {
        value = Optional.empty();
        refuse(
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
    int close = counterpart(closer, lineEnd(), true);
    if (close < 0) {
      // A lone quote is part of the text: what seemed to be quoted is read as it stands.
      close = counterpart(closer, lineEnd(), false);
    }
    if (close < 0 && !contract) {
      close = closer == '}' ? counterpart(closer, end, false) : find(closer, at, lineEnd());
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
      before = Space.is(c) ? before : c;
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

  /** The old way to write {@code user.name}, for which the tool leaves out the whole tag. */
  private boolean hasKeyInBrackets() {
    for (int i = tagStart + 1; i < end - 1; i++) {
      char before = text.charAt(i - 1);
      if (text.charAt(i) == '['
          && text.charAt(i + 1) != ']'
          && before != ':'
          && !Space.is(before)) {
        return true;
      }
    }
    return false;
  }

  private int lineEnd() {
    return Math.min(end, text.lineEndAfter(at));
  }

  /** Whether the word after the bracket here is a group of the contract, or nearly so. */
  private boolean meansContract() {
    int start = text.skipSpace(at + 1, lineEnd());
    int stop = start;
    while (stop < lineEnd() && Character.isLetter(text.charAt(stop))) {
      stop++;
    }
    return MeantGroup.of(text.substring(start, stop)).isPresent();
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private <T> Optional<T> refuse(int offset, String message) {
    Rule rule = contract ? Rule.APIDOC_SYNTAX : Rule.APIDOC_UNREAD;
    mistakes.add(rule.at(text.at(offset), message + FORM.replace("%s", tag)));
    return Optional.empty();
  }
}
