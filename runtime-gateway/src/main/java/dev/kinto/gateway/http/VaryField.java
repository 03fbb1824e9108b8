package dev.kinto.gateway.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code Vary} of an answer (RFC 9110, section 12.5.5): what a microservice says and what the
 * gateway adds are one line, for some caches read one only.
 */
final class VaryField {
  private static final String NAME = "vary";

  private VaryField() {}

  /** The same lines, with one Vary in the place of the first; {@code *} stands for all others. */
  static List<HeaderLine> inOneLine(List<HeaderLine> lines) {
    if (lines.stream().filter(VaryField::isVary).limit(2).count() < 2) {
      return lines;
    }
    Map<String, String> names = new LinkedHashMap<>();
    List<HeaderLine> others = new ArrayList<>(lines.size());
    int place = -1;
    for (HeaderLine line : lines) {
      if (!isVary(line)) {
        others.add(line);
        continue;
      }
      place = place < 0 ? others.size() : place;
      ListField.split(line.value())
          .forEach(name -> names.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
    }
    String all = names.containsKey("*") ? "*" : String.join(", ", names.values());
    others.add(place, new HeaderLine("Vary", NAME, all));
    return others;
  }

  private static boolean isVary(HeaderLine line) {
    return line.lowerCaseName().equals(NAME);
  }
}
