package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.Endpoint.Parameter;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parameters of a request's query, all of which are known and sent once. */
final class Query {
  static final int MOST = 1000;
  private static final int USUAL = 100;

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a query as forms write it: {@code +} and {@code %20} are a space.
   *
   * @param raw with its question mark, or empty
   * @throws Refusal parameter-invalid
   */
  static Query read(String raw, List<Parameter> known) {
    Map<String, String> values = new HashMap<>();
    for (String each : (raw.isEmpty() ? raw : raw.substring(1)).split("&", -1)) {
      if (!each.isEmpty()) {
        int equals = each.indexOf('=');
        String name = decode(equals < 0 ? each : each.substring(0, equals));
        String value = equals < 0 ? "" : decode(each.substring(equals + 1));
        requireKnown(name, known);
        if (value.isEmpty()) {
          throw refused("\"" + name + "\" has no value. Give it one, or leave it out.");
        }
        if (values.put(name, value) != null) {
          throw refused("\"" + name + "\" is given twice. Give it once.");
        }
      }
    }
    return new Query(values);
  }

  private static void requireKnown(String name, List<Parameter> known) {
    if (known.stream().noneMatch(each -> each.name().equals(name))) {
      throw refused(
          "There is no parameter \""
              + name
              + "\" here. "
              + (known.isEmpty()
                  ? "This address takes none."
                  : "Known are "
                      + known.stream().map(Parameter::name).collect(Collectors.joining(", "))
                      + "."));
    }
  }

  private static String decode(String text) {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (decoded.indexOf('\uFFFD') < 0) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw refused("A percent sign in a query is followed by two hex digits of a text in UTF-8.");
  }

  static Refusal refused(String detail) {
    return new Refusal(ProblemCode.PARAMETER_INVALID, detail);
  }

  /** The value of a parameter. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** How many of them the answer may list. */
  int limit() {
    String text = values.getOrDefault("limit", Integer.toString(USUAL));
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw refused(
        "\"limit\" is a whole number from 1 to " + MOST + ". Found: \"" + shortened(text) + "\"");
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
