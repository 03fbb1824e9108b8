package dev.kinto.gateway.config;

import java.net.URI;
import java.util.Optional;

/**
 * Where traces are sent (contract C43, C48).
 *
 * @param endpoint the collector, which takes OTLP over HTTP at {@code /v1/traces} below it
 * @param ratio how many of the traces that begin at the gateway are sampled, from 0 to 1
 * @param serviceName what the gateway is called in traces
 */
public record TracingConfig(URI endpoint, double ratio, String serviceName) {
  private static final String NAME = "[A-Za-z0-9._-]{1,64}";

  /** Empty if the section is absent: nothing is traced. */
  static Optional<TracingConfig> read(Section root) {
    if (!root.has("tracing")) {
      return Optional.empty();
    }
    Section section = root.section("tracing");
    URI endpoint = section.value("otlp", "a collector's address", TracingConfig::endpoint);
    double ratio = section.optional("ratio", TracingConfig::ratio).orElse(1.0);
    String name = section.optional("serviceName", TracingConfig::name).orElse("kinto-gateway");
    section.refuseOthers();
    return endpoint == null
        ? Optional.empty()
        : Optional.of(new TracingConfig(endpoint, ratio, name));
  }

  private static URI endpoint(String text) {
    String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      URI uri = URI.create(base);
      boolean http = base.startsWith("http://") || base.startsWith("https://");
      if (http
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below, with the same words as for another scheme
    }
    throw new IllegalArgumentException(
        "the http or https address of a collector is wanted, for instance"
            + " \"http://127.0.0.1:4318\".");
  }

  private static double ratio(String text) {
    try {
      double ratio = Double.parseDouble(text);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException e) {
      // said below, with the same words as for one out of range
    }
    throw new IllegalArgumentException("a number from 0 to 1 is wanted, for instance 0.05.");
  }

  private static String name(String text) {
    if (!text.matches(NAME)) {
      throw new IllegalArgumentException(
          "1 to 64 letters, digits, \".\", \"_\" or \"-\" are wanted.");
    }
    return text;
  }
}
