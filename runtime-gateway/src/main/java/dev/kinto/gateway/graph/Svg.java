package dev.kinto.gateway.graph;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** SVG as text: elements with escaped values, numbers with one decimal. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  /** Opens an element with attributes as name and value in turn. */
  Svg open(String name, Object... attributes) {
    start(name, attributes);
    text.append(">\n");
    return this;
  }

  Svg close(String name) {
    text.append("</").append(name).append(">\n");
    return this;
  }

  /** An element without content. */
  Svg add(String name, Object... attributes) {
    start(name, attributes);
    text.append("/>\n");
    return this;
  }

  /** An element that holds text. */
  Svg text(String name, String content, Object... attributes) {
    start(name, attributes);
    text.append('>').append(escape(content)).append("</").append(name).append(">\n");
    return this;
  }

  /** An element that is shown when the pointer rests on the one around it. */
  Svg tip(String content) {
    return text("title", content);
  }

  /** Text that is XML already, for instance a style sheet. */
  Svg raw(String xml) {
    text.append(xml);
    return this;
  }

  private void start(String name, Object... attributes) {
    text.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      text.append(escape(value(attributes[i + 1]))).append('"');
    }
  }

  private static String value(Object value) {
    return value instanceof Double number ? number(number) : String.valueOf(value);
  }

  /** The same text on every machine, which {@code String.format} would give slowly. */
  static String number(double number) {
    return BigDecimal.valueOf(number)
        .setScale(1, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Escapes what XML reserves, and replaces what XML 1.0 cannot hold at all. */
  static String escape(String raw) {
    StringBuilder escaped = new StringBuilder(raw.length() + 8);
    raw.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c < 0xD800)
        || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
