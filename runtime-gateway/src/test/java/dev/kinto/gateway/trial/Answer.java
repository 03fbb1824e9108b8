package dev.kinto.gateway.trial;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer.
 *
 * @param headers names in lower case
 * @param body one character for each byte
 */
record Answer(int status, Map<String, String> headers, String body) {
  Answer {
    headers = Map.copyOf(headers);
  }

  boolean good() {
    return status / 100 == 2;
  }

  /** A text of the JSON in the body; empty if it is not there. */
  String text(String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(body);
    return found.find() ? found.group(1) : "";
  }

  /** Whether the gateway says that the microservice was called before it had to refuse. */
  boolean upstreamCalled() {
    return body.replace(" ", "").contains("\"upstreamCalled\":true");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
