package dev.kinto.gateway;

import dev.kinto.manifest.FieldType;
import dev.kinto.session.WireText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Fuzz target: a type, a line end, and a session value as it stands in a header (contract C4, C5).
 * How to run it: docs/hostile-input.md.
 */
public final class SessionValueFuzz {
  private SessionValueFuzz() {}

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int lineEnd = text.indexOf('\n');
    String wire = text.substring(lineEnd + 1);
    Optional<String> value = WireText.decode(wire);
    if (value.isPresent()) {
      String again = WireText.encode(value.get());
      if (!again.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)
          || !again.equals(again.strip())
          || !WireText.decode(again).equals(value)) {
        throw new AssertionError(wire + " -> " + value + " -> " + again);
      }
    }
    if (lineEnd > 0) {
      FieldType type;
      try {
        type = FieldType.parse(text.substring(0, lineEnd));
      } catch (IllegalArgumentException e) {
        return;
      }
      value.ifPresent(type::mismatch);
    }
  }
}
