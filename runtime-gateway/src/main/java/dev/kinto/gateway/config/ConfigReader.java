package dev.kinto.gateway.config;

import dev.kinto.gateway.config.GatewayConfig.ClientConfig;
import dev.kinto.gateway.config.GatewayConfig.EnvironmentConfig;
import dev.kinto.gateway.config.GatewayConfig.ListenerConfig;
import dev.kinto.gateway.config.GatewayConfig.ServiceConfig;
import dev.kinto.gateway.config.GatewayConfig.TokenKeyConfig;
import dev.kinto.gateway.session.SessionLifetime;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the configuration file, section by section in the order of contract C43. */
final class ConfigReader {
  private static final String CLIENT_ID = "[A-Za-z0-9_-]{1,64}";

  /** Microservices read the name in a header (contract C31). */
  private static final String ENVIRONMENT_NAME = "[A-Za-z0-9_-]{1,64}";

  private static final String KEY_ID = "[A-Za-z0-9_-]{1,32}";
  private static final int KEY_LENGTH = 32;
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);
  private static final int MAX_PORT = 65535;

  private final Path file;
  private final Problems problems;
  private final Placeholders placeholders;

  ConfigReader(Path file, UnaryOperator<@Nullable String> variables) {
    this.file = file;
    this.problems = new Problems(file.toString());
    this.placeholders = new Placeholders(variables);
  }

  GatewayConfig read() throws IOException, InvalidConfigException {
    Section root = new Section("", parse(Files.readString(file)), problems, placeholders);
    Section listeners = root.section("listeners");
    ListenerConfig api = listener(listeners.section("api"), 8080);
    ListenerConfig publicListener = listener(listeners.section("public"), 8081);
    listener(listeners.section("admin"), 9090);
    listeners.refuseOthers();
    UpstreamLimits limits =
        UpstreamLimits.read(root.section("upstreamLimits"), UpstreamLimits.DEFAULT);
    Map<String, EnvironmentConfig> environments =
        environments(root.section("environments"), limits);
    SessionLifetime lifetime = lifetime(root.section("session"), SessionLifetime.DEFAULT, true);
    Map<String, ClientConfig> clients = clients(root, environments, lifetime);
    Section tokens = root.section("tokens");
    List<TokenKeyConfig> keys = tokenKeys(tokens);
    Duration grace = tokens.duration("grace", DEFAULT_GRACE);
    tokens.refuseOthers();
    grid(root.section("grid"));
    Path data = root.optional("dataDirectory", this::path).orElseGet(() -> path("kinto-data"));
    root.refuseOthers();
    problems.throwIfAny();
    return new GatewayConfig(api, publicListener, environments, clients, keys, grace, data);
  }

  private Node parse(String yaml) throws InvalidConfigException {
    try {
      return new Compose(LoadSettings.builder().setLabel(file.toString()).build())
          .composeString(yaml)
          .orElseThrow(() -> new InvalidConfigException(List.of(file + ": the file is empty.")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new InvalidConfigException(
          List.of(file + ":" + line + ": not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      throw new InvalidConfigException(List.of(file + ": not YAML: " + e.getMessage()));
    }
  }

  private static ListenerConfig listener(Section section, int defaultPort) {
    String host = section.optional("host", text -> text).orElse("127.0.0.1");
    int port = section.port("port", defaultPort);
    section.refuseOthers();
    return new ListenerConfig(host, port);
  }

  private Map<String, EnvironmentConfig> environments(Section section, UpstreamLimits limits) {
    Map<String, EnvironmentConfig> environments = new LinkedHashMap<>();
    for (String name : section.keys()) {
      if (!name.matches(ENVIRONMENT_NAME)) {
        section.problem(name, "an environment's name is 1 to 64 letters, digits, \"_\" or \"-\".");
      }
      Section environment = section.section(name);
      Section config = environment.section("config");
      Map<String, String> values = new HashMap<>();
      for (String key : config.keys()) {
        config.optional(key, text -> configValue(key, text)).ifPresent(v -> values.put(key, v));
      }
      Section services = environment.section("services");
      Map<String, ServiceConfig> byName = new LinkedHashMap<>();
      for (String service : services.keys()) {
        service(service, services, limits).ifPresent(found -> byName.put(service, found));
      }
      environment.refuseOthers();
      environments.put(name, new EnvironmentConfig(name, values, byName));
    }
    return environments;
  }

  /** A value becomes a header, so it must be one (contract C5). */
  private static String configValue(String key, String text) {
    if (!FieldName.isToken(key)) {
      throw new IllegalArgumentException("the key names a header and must be an HTTP token.");
    }
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)) {
      throw new IllegalArgumentException(
          "a value is sent as a header: printable ASCII, at least one character.");
    }
    return text;
  }

  private Optional<ServiceConfig> service(String name, Section services, UpstreamLimits defaults) {
    try {
      new MicroserviceName(name);
    } catch (IllegalArgumentException e) {
      services.problem(name, String.valueOf(e.getMessage()));
    }
    Section section = services.section(name);
    Path manifest = section.value("manifest", "the path of a manifest or of a jar", this::manifest);
    List<URI> upstreams =
        section.atLeastOne("upstreams", "\"http://127.0.0.1:9001\"", ConfigReader::upstream);
    UpstreamLimits limits = UpstreamLimits.read(section.section("upstreamLimits"), defaults);
    List<String> grants = section.list("config", text -> text);
    List<String> publicRoutes = section.list("public", text -> text);
    section.refuseOthers();
    return manifest == null
        ? Optional.empty()
        : Optional.of(
            new ServiceConfig(
                name, manifest, upstreams, limits, grants, publicRoutes, services.place(name)));
  }

  private Path manifest(String text) {
    if (text.startsWith("http:") || text.startsWith("https:")) {
      throw new IllegalArgumentException(
          "manifests from a URL are not supported yet. Name a file or a jar.");
    }
    Path path = path(text);
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(
          "there is no such readable file; a relative path begins where this file lies.");
    }
    return path;
  }

  private Path path(String text) {
    try {
      return file.toAbsolutePath().resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("this is not a path.", e);
    }
  }

  private static URI upstream(String text) {
    try {
      URI uri = new URI(text);
      boolean originOnly =
          uri.getHost() != null
              && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null
              && (uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= MAX_PORT));
      if (originOnly && "http".equals(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "an origin is wanted: http, host and port, no path. https is not supported yet.");
  }

  private static SessionLifetime lifetime(
      Section section, SessionLifetime defaults, boolean alone) {
    SessionLifetime lifetime =
        new SessionLifetime(
            section.duration("idleTimeout", defaults.idle()),
            section.duration("maxLifetime", defaults.max()));
    if (alone) {
      section.refuseOthers();
    }
    return lifetime;
  }

  private static Map<String, ClientConfig> clients(
      Section root, Map<String, EnvironmentConfig> environments, SessionLifetime defaults) {
    Map<String, ClientConfig> clients = new LinkedHashMap<>();
    Set<String> ids = new HashSet<>();
    for (Section section : root.sections("clients")) {
      String id =
          section.value(
              "id",
              "a client id",
              text -> {
                matching(text, CLIENT_ID, "1 to 64 letters, digits, \"_\" or \"-\"");
                return unique(text, ids, "client");
              });
      String environment =
          section.value("environment", "its name", text -> known(text, environments.keySet()));
      SecretHash hash = section.secret("secretHash", "a secret's hash", SecretHash::parse);
      SessionLifetime lifetime = lifetime(section, defaults, false);
      Set<String> origins =
          new HashSet<>(section.list("allowedOrigins", ConfigReader::allowedOrigin));
      section.refuseOthers();
      if (id != null && environment != null && hash != null) {
        clients.put(id, new ClientConfig(id, environment, hash, origins, lifetime));
      }
    }
    return clients;
  }

  /** The form that browsers send (RFC 6454, section 6.2), which is compared as a text. */
  private static String allowedOrigin(String text) {
    if (!text.equals("null") && !text.matches("[a-z][a-z0-9+.-]*://[a-z0-9._\\[\\]:-]+")) {
      throw new IllegalArgumentException(
          "an origin is wanted: scheme, host and port in lower case, no path and no \"*\", for"
              + " instance \"http://localhost:5173\".");
    }
    return text;
  }

  private static List<TokenKeyConfig> tokenKeys(Section section) {
    List<TokenKeyConfig> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section key : section.sections("keys")) {
      String id =
          key.value(
              "id",
              "a key id",
              text -> {
                matching(text, KEY_ID, "1 to 32 letters, digits, \"_\" or \"-\"");
                return unique(text, ids, "key");
              });
      String secret = key.secret("secret", "the key's secret", ConfigReader::keySecret);
      key.refuseOthers();
      if (id != null && secret != null) {
        keys.add(new TokenKeyConfig(id, secret));
      }
    }
    return keys;
  }

  private static String keySecret(String text) {
    if (text.length() < KEY_LENGTH) {
      throw new IllegalArgumentException(
          "a token key has at least " + KEY_LENGTH + " characters; \"key new\" prints one.");
    }
    return text;
  }

  private static void grid(Section section) {
    section.optional(
        "mode",
        text -> {
          if (!text.equals("embedded")) {
            throw new IllegalArgumentException("only \"embedded\" is supported yet.");
          }
          return text;
        });
    section.refuseOthers();
  }

  private static void matching(String text, String pattern, String wanted) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException(wanted + " are wanted.");
    }
  }

  private static String unique(String id, Set<String> ids, String whose) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException("another " + whose + " has this id. Rename one.");
    }
    return id;
  }

  private static String known(String environment, Set<String> environments) {
    if (!environments.contains(environment)) {
      throw new IllegalArgumentException(
          "there is no such environment. Known are " + String.join(", ", environments) + ".");
    }
    return environment;
  }
}
