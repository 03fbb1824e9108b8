package dev.kinto.gateway;

import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Target;
import java.nio.charset.StandardCharsets;

/**
 * Fuzz target: request targets. One that passes means the same to a server that decodes it once,
 * twice or more often (contract C21). How to run it: docs/hostile-input.md.
 */
public final class TargetFuzz {
  private TargetFuzz() {}

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    String raw = new String(bytes, StandardCharsets.ISO_8859_1);
    Target target;
    try {
      target = Target.parse(raw);
    } catch (Refusal e) {
      return;
    }
    require((target.path() + target.query()).equals(raw), raw);
    String path = target.path();
    int slashes = count(path, '/');
    for (int layer = 0; layer < 50; layer++) {
      require(path.startsWith("/") && count(path, '/') == slashes && !path.contains("//"), raw);
      require(!(path + "/").contains("/./") && !(path + "/").contains("/../"), raw);
      require(path.chars().noneMatch(c -> c < 0x20 || c == 0x7F || c == '\\' || c == ';'), raw);
      String decoded = decode(path);
      if (decoded.equals(path)) {
        return;
      }
      path = decoded;
    }
  }

  /** Decodes once, and leaves what is no escape as it is: the laxest server. */
  private static String decode(String path) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%'
          && i + 2 < path.length()
          && path.substring(i + 1, i + 3).matches("\\p{XDigit}+")) {
        c = (char) Integer.parseInt(path.substring(i + 1, i + 3), 16);
        i += 2;
      }
      decoded.append(c);
    }
    return decoded.toString();
  }

  private static int count(String text, char wanted) {
    return (int) text.chars().filter(c -> c == wanted).count();
  }

  private static void require(boolean holds, String raw) {
    if (!holds) {
      throw new AssertionError(raw);
    }
  }
}
