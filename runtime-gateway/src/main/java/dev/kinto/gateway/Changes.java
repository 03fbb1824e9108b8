package dev.kinto.gateway;

import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.TokensConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a reload changes, for the log: names only, never a value or a secret.
 *
 * @param lines each says one kind of thing, for instance {@code clients: +shop-web, -old-web}
 */
public record Changes(List<String> lines) {
  /** Copies the list. */
  public Changes {
    lines = List.copyOf(lines);
  }

  /** What is different between two states. */
  static Changes between(State before, State after) {
    List<String> lines = new ArrayList<>();
    GatewayConfig old = before.config();
    GatewayConfig now = after.config();
    add("environments", values(before), values(after), lines);
    add("services", services(before), services(after), lines);
    add("clients", old.clients(), now.clients(), lines);
    if (!old.tokens().keys().equals(now.tokens().keys())) {
      lines.add("token keys: " + keys(now) + " (before: " + keys(old) + ")");
    }
    add("other", others(old), others(now), lines);
    return new Changes(lines);
  }

  private static Map<String, ?> others(GatewayConfig config) {
    return Map.of(
        "session", config.session(),
        "manifests", config.manifests(),
        "trustedProxies", config.trustedProxies(),
        "authLimits", config.authLimits(),
        "admin", config.admin(),
        "accessLog", config.accessLog(),
        "tokens.grace", config.tokens().grace());
  }

  private static String keys(GatewayConfig config) {
    return config.tokens().keys().isEmpty()
        ? "the generated one"
        : config.tokens().keys().stream()
            .map(TokensConfig.Key::id)
            .collect(Collectors.joining(", "));
  }

  private static Map<String, Object> values(State state) {
    Map<String, Object> values = new HashMap<>();
    state.config().environments().forEach((name, each) -> values.put(name, each.values()));
    return values;
  }

  private static Map<String, Object> services(State state) {
    Map<String, Object> services = new HashMap<>();
    state
        .config()
        .services()
        .forEach(
            (id, service) ->
                services.put(id.toString(), List.of(service, state.environments().manifest(id))));
    return services;
  }

  /** Adds a line such as {@code clients: +new, -old, changed}, if anything is different. */
  private static void add(
      String what, Map<String, ?> before, Map<String, ?> after, List<String> lines) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> different =
        names.stream()
            .filter(name -> !Objects.equals(before.get(name), after.get(name)))
            .map(name -> sign(name, before, after) + name)
            .toList();
    if (!different.isEmpty()) {
      lines.add(what + ": " + String.join(", ", different));
    }
  }

  private static String sign(String name, Map<String, ?> before, Map<String, ?> after) {
    if (!before.containsKey(name)) {
      return "+";
    }
    return after.containsKey(name) ? "" : "-";
  }

  /** One line for the log. */
  @Override
  public String toString() {
    return lines.isEmpty() ? "nothing is different" : String.join("; ", lines);
  }
}
