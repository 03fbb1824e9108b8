package dev.kinto.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One request as an upstream received it. Text is ISO 8859-1: one character for each byte.
 *
 * @param line the request line
 * @param lines the header lines without their line ends
 * @param body the body without its framing, or its first MiB
 * @param bodyLength the whole length of the body in bytes
 * @param bodyCrc the CRC-32 of the whole body
 * @param complete whether the body came to its end as its framing says
 * @param connection the number of the connection, from 1
 */
record RawRequest(
    String line,
    List<String> lines,
    byte[] body,
    long bodyLength,
    long bodyCrc,
    boolean complete,
    int connection) {

  String method() {
    return line.substring(0, line.indexOf(' '));
  }

  /** What stands between the first and the last space of the request line. */
  String target() {
    return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
  }

  /** The values of all lines of exactly this name in any case. */
  List<String> all(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return lines.stream()
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
        .map(header -> header.substring(start.length()).strip())
        .toList();
  }

  /** The lines whose name means this one: case ignored, with - for _ and . (contract C2). */
  List<String> folded(String name) {
    String start = fold(name) + ":";
    return lines.stream()
        .filter(header -> fold(header.substring(0, header.indexOf(':') + 1)).equals(start))
        .toList();
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
  }

  /** The value of the only line of this name. */
  Optional<String> header(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw new AssertionError(name + " is there " + all.size() + " times in " + lines);
    }
    return all.stream().findFirst();
  }

  String text() {
    return new String(body, StandardCharsets.ISO_8859_1);
  }
}
