package dev.kinto.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One HTTP answer as it came over the wire. Text is ISO 8859-1: one character for each byte.
 *
 * @param status the status code
 * @param head status line and header lines with their line ends, up to the empty line
 * @param lines the header lines without their line ends
 * @param body the body without its framing
 */
record RawAnswer(int status, String head, List<String> lines, byte[] body) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The values of all lines of this name, case ignored, without outer white space. */
  List<String> all(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  /** The value of the only line of this name. */
  Optional<String> header(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw new AssertionError(name + " is there " + all.size() + " times in " + this);
    }
    return all.stream().findFirst();
  }

  String text() {
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  JsonNode json() {
    return JSON.readTree(body);
  }

  /** The code of a problem+json body; empty if it is anything else. */
  String code() {
    return header("content-type").filter("application/problem+json"::equals).isPresent()
        ? json().path("code").asString("")
        : "";
  }

  @Override
  public String toString() {
    return head + text();
  }
}
