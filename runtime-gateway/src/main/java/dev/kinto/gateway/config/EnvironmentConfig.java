package dev.kinto.gateway.config;

import dev.kinto.gateway.config.ManifestSource.Running;
import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.SessionSpace;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An environment.
 *
 * @param name its name
 * @param values the configuration values that (Config) headers receive, by header name
 * @param services by name, in the order of the file
 */
public record EnvironmentConfig(
    String name, Map<String, String> values, Map<String, ServiceConfig> services) {

  /** Microservices read the name in a header (contract C31). */
  private static final String NAME = "[A-Za-z0-9_-]{1,64}";

  /** Copies the maps. */
  public EnvironmentConfig {
    values = Map.copyOf(values);
    services = GatewayConfig.inOrder(services);
  }

  static Map<String, EnvironmentConfig> readAll(Section section, UpstreamLimits limits) {
    Map<String, EnvironmentConfig> environments = new LinkedHashMap<>();
    for (String name : section.keys()) {
      if (!name.matches(NAME)) {
        section.problem(name, "an environment's name is 1 to 64 letters, digits, \"_\" or \"-\".");
      }
      environments.put(name, read(name, section.section(name), limits));
    }
    return environments;
  }

  private static EnvironmentConfig read(String name, Section section, UpstreamLimits limits) {
    Section config = section.section("config");
    Map<String, ServiceConfig> services =
        ServiceConfig.readAll(section.section("services"), limits);
    Map<String, String> values = values(config, services.keySet());
    section.refuseOthers();
    return new EnvironmentConfig(name, values, services);
  }

  private static Map<String, String> values(Section config, Set<String> services) {
    SessionSpace space = SessionSpace.of(services.stream().map(MicroserviceName::new).toList());
    Map<String, String> values = new HashMap<>();
    Map<String, String> spellings = new HashMap<>();
    for (String key : config.keys()) {
      config.secretOrItsFile(key, text -> value(key, text)).ifPresent(v -> values.put(key, v));
      if (!ConfigRead.mayBeOf(key) || space.contains(key)) {
        config.problem(
            key,
            "no route may ask for a value of this name: it is in the session space of a"
                + " microservice of the environment, kinto-*, or a field that HTTP itself needs."
                + " Rename it.");
      }
      String other = spellings.put(FieldName.fold(key), key);
      if (other != null) {
        config.problem(
            key,
            "\""
                + other
                + "\" is the same name; case is ignored, and \"_\" and \".\" equal \"-\"."
                + " Remove one.");
      }
    }
    return values;
  }

  /** A value becomes a header, so it must be one (contract C5). */
  private static String value(String key, String text) {
    if (!FieldName.isToken(key)) {
      throw new IllegalArgumentException("the key names a header and must be an HTTP token.");
    }
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)) {
      throw new IllegalArgumentException(
          "a value is sent as a header: printable ASCII, at least one character.");
    }
    return text;
  }

  /** The key of a microservice in the file. */
  public String key(ServiceConfig service) {
    return key("services." + service.name());
  }

  /** The manifest of a microservice, for problems with it: the file, or where it is asked for. */
  public Place manifest(ServiceConfig service, Places places) {
    String source = service.manifest() instanceof Running ? ".upstreams[0]" : ".manifest";
    return Place.in(places.name(key(service) + source, service.manifestName()));
  }

  /** A key below this environment's. */
  public String key(String below) {
    return "environments." + name + "." + below;
  }

  /** Shows no values: they are secrets. */
  @Override
  public String toString() {
    return "EnvironmentConfig[" + name + "]";
  }
}
