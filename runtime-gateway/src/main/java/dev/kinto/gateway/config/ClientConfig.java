package dev.kinto.gateway.config;

import dev.kinto.gateway.session.SessionBudget;
import dev.kinto.gateway.session.SessionLifetime;
import dev.kinto.manifest.FieldName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client.
 *
 * @param id what it sends as clientId
 * @param environment the environment that it may call
 * @param secrets the hashes of its secret, or of several while one is being replaced
 * @param allowedOrigins the origins of pages that may call with its tokens (contract C43)
 * @param exposeHeaders what those pages may read of an answer besides what browsers and the gateway
 *     show them, as it is sent
 * @param cookie whether browsers may keep its tokens in a cookie (contract C39b)
 * @param lifetime how long its sessions live
 * @param budget how many sessions it may have (contract C22)
 * @param requestLimit how often it may call, all its sessions together; empty: as often as it likes
 */
public record ClientConfig(
    String id,
    String environment,
    SecretHashes secrets,
    Set<String> allowedOrigins,
    List<String> exposeHeaders,
    boolean cookie,
    SessionLifetime lifetime,
    SessionBudget budget,
    Optional<RateLimit> requestLimit) {

  /** As browsers write it: hosts of http and https in lower case, those of others as they are. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?:https?://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])|(?!https?:)[a-z][a-z0-9+.-]*://[A-Za-z0-9._~%+-]*)"
              + "(?::[1-9][0-9]{0,4})?");

  private static final String ID = "[A-Za-z0-9_-]{1,64}";

  /** Copies the collections. */
  public ClientConfig {
    allowedOrigins = Set.copyOf(allowedOrigins);
    exposeHeaders = List.copyOf(exposeHeaders);
  }

  /**
   * Reads the list of clients.
   *
   * @param environments the names of those that there are
   * @param defaults what holds for the sessions of clients that say nothing else
   */
  static Map<String, ClientConfig> readAll(
      List<Section> sections, Set<String> environments, SessionConfig defaults) {
    Map<String, ClientConfig> clients = new LinkedHashMap<>();
    Set<String> ids = new HashSet<>();
    for (Section section : sections) {
      String id = section.id("client", ID, "1 to 64 letters, digits, \"_\" or \"-\"", ids);
      String environment = section.value("environment", "its name", text -> text);
      requireKnown(section, environment, environments);
      List<SecretHash> hashes =
          section.secrets("secretHash", "a secret's hash", SecretHashes.MOST, SecretHash::parse);
      SessionLifetime lifetime = SessionConfig.lifetime(section, defaults.lifetime());
      SessionBudget budget = SessionConfig.budget(section, defaults.budget());
      Optional<RateLimit> requestLimit = RateLimit.read(section, "requestLimit");
      Set<String> origins = new HashSet<>(section.list("allowedOrigins", ClientConfig::origin));
      List<String> exposed = section.list("exposeHeaders", ClientConfig::exposed);
      boolean cookie = section.flag("cookie", false);
      if (cookie && origins.contains("null")) {
        section.found(
            "allowedOrigins",
            "with cookie: true any page could call as its user from a sandboxed frame, whose origin"
                + " is null. Take it out of the list, or cookie: true.",
            "null");
      }
      section.refuseOthers();
      if (id != null && environment != null) {
        SecretHashes secrets = SecretHashes.of(hashes);
        clients.put(
            id,
            new ClientConfig(
                id,
                environment,
                secrets,
                origins,
                exposed,
                cookie,
                lifetime,
                budget,
                requestLimit));
      }
    }
    return clients;
  }

  /** The form that browsers send (RFC 6454, section 6.2), which is compared as a text. */
  private static String origin(String text) {
    if (!text.equals("null") && !ORIGIN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "an origin is wanted: scheme, host and port as browsers write them, in lower case, no"
              + " path and no \"*\", for instance \"http://localhost:5173\" or \"app://x\".");
    }
    if (text.matches("http://.*:80|https://.*:443")) {
      throw new IllegalArgumentException(
          "no browser names the usual port of a scheme in an origin. Leave it out.");
    }
    return text;
  }

  private static String exposed(String text) {
    if (!FieldName.isToken(text) || text.equals("*")) {
      throw new IllegalArgumentException(
          "the name of a header is wanted, for instance \"ETag\"; name each one, no \"*\".");
    }
    return text;
  }

  private static void requireKnown(
      Section section, @Nullable String environment, Set<String> environments) {
    if (environment != null && !environments.contains(environment)) {
      section.found(
          "environment",
          "there is no such environment. "
              + (environments.isEmpty()
                  ? "Name one under environments."
                  : "Known are " + String.join(", ", environments) + "."),
          "environments." + environment);
    }
  }
}
