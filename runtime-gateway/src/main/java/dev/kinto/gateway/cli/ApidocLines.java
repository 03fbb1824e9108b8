package dev.kinto.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A comment that is being written, and for each line the value that it stands for. */
final class ApidocLines {
  private final StringBuilder text = new StringBuilder();
  private final List<String> pointers = new ArrayList<>();

  String text() {
    return text.toString();
  }

  /** The pointer to the value that a line stands for, counted from 1. */
  String pointer(int line) {
    return pointers.get(line - 1);
  }

  /** Adds a line that ends with words for people, unless it would be a bare tag. */
  void add(String pointer, String line, JsonNode object, String words) {
    String plain = withoutMarkup(object.path(words).asString("").strip());
    if (!plain.isEmpty() || line.indexOf(' ') >= 0) {
      // A description may have several paragraphs.
      (line + " " + plain).lines().forEach(each -> add(pointer, each));
    }
  }

  /** Adds a line as it is. */
  void add(String pointer, String line) {
    text.append(line).append('\n');
    pointers.add(pointer);
  }

  /** Not one literal: Error Prone 2.50.0 fails at a text of nothing but line ends. */
  private static final String PARAGRAPH = "\n".repeat(2);

  /** What the tool writes for Markdown, and which Markdown that was. */
  private static final Map<String, String> MARKDOWN =
      Map.ofEntries(
          Map.entry("p", ""),
          Map.entry("/p", PARAGRAPH),
          Map.entry("li", "\n- "),
          Map.entry("/ul", PARAGRAPH),
          Map.entry("br", "\n"),
          Map.entry("em", "*"),
          Map.entry("/em", "*"),
          Map.entry("strong", "**"),
          Map.entry("/strong", "**"),
          Map.entry("code", "`"),
          Map.entry("/code", "`"));

  /** The tool turns descriptions into HTML; what it writes has no {@code >} in attributes. */
  static String withoutMarkup(String html) {
    StringBuilder plain = new StringBuilder();
    int at = 0;
    for (int open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
      int close = html.indexOf('>', open);
      if (close < 0) {
        break;
      }
      plain.append(html, at, open);
      plain.append(MARKDOWN.getOrDefault(html.substring(open + 1, close), ""));
      at = close + 1;
    }
    return plain
        .append(html, at, html.length())
        .toString()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .strip();
  }
}
