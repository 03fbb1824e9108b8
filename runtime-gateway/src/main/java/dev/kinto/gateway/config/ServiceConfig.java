package dev.kinto.gateway.config;

import dev.kinto.gateway.config.ManifestSource.AtUrl;
import dev.kinto.gateway.config.ManifestSource.OnDisk;
import dev.kinto.gateway.config.ManifestSource.Running;
import dev.kinto.gateway.config.ManifestSource.Unreadable;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A microservice in an environment.
 *
 * @param name its name
 * @param manifest where its manifest comes from
 * @param upstreams where it runs
 * @param tls how https upstreams are judged
 * @param limits what is asked of each upstream at most
 * @param healthCheck how they are asked whether they are well; empty: they are not
 * @param grants the configuration values that it may receive
 * @param allowReads the session fields and configuration values that its manifest may read; absent:
 *     those of the first one that was pulled, or what the file says
 * @param publicRoutes route names, {@code METHOD /path}, or {@code all}
 */
public record ServiceConfig(
    String name,
    ManifestSource manifest,
    List<HttpOrigin> upstreams,
    UpstreamTls tls,
    UpstreamLimits limits,
    Optional<HealthCheck> healthCheck,
    List<String> grants,
    Optional<List<String>> allowReads,
    List<String> publicRoutes) {

  /** Copies the lists. */
  public ServiceConfig {
    upstreams = List.copyOf(upstreams);
    grants = List.copyOf(grants);
    allowReads = allowReads.map(List::copyOf);
    publicRoutes = List.copyOf(publicRoutes);
  }

  /** Whether both get their manifest in the same way from the same place. */
  public boolean hasSourceOf(ServiceConfig other) {
    return manifest.equals(other.manifest)
        && upstreams.equals(other.upstreams)
        && tls.equals(other.tls);
  }

  /** What its manifest is called in messages: the file, or the address that is asked first. */
  public String manifestName() {
    return switch (manifest) {
      case OnDisk file -> file.path().toString();
      case AtUrl url -> url.toString();
      case Running _ when !upstreams.isEmpty() -> upstreams.getFirst() + Manifest.WELL_KNOWN_PATH;
      case Running _, Unreadable _ -> name;
    };
  }

  static Map<String, ServiceConfig> readAll(Section services, UpstreamLimits limits) {
    Map<String, ServiceConfig> byName = new LinkedHashMap<>();
    for (String name : services.keys()) {
      boolean good = isName(name, services);
      ServiceConfig service = read(name, services.section(name), limits);
      if (good) {
        byName.put(name, service);
      }
    }
    return byName;
  }

  private static boolean isName(String name, Section services) {
    try {
      new MicroserviceName(name);
      return true;
    } catch (IllegalArgumentException e) {
      services.problem(name, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static ServiceConfig read(String name, Section section, UpstreamLimits defaults) {
    ManifestSource manifest = ManifestSource.read(section);
    List<HttpOrigin> upstreams =
        section.atLeastOne("upstreams", "\"http://127.0.0.1:9001\"", ServiceConfig::upstream);
    UpstreamTls tls = UpstreamTls.read(section.section("upstreamTls"));
    checkTrustIsAskedFor(section, upstreams, manifest);
    UpstreamLimits limits = UpstreamLimits.read(section.section("upstreamLimits"), defaults);
    Optional<HealthCheck> healthCheck = HealthCheck.read(section);
    List<String> grants = section.list("config", text -> text);
    Optional<List<String>> allowReads =
        section.has("allowReads")
            ? Optional.of(section.list("allowReads", ServiceConfig::read))
            : Optional.empty();
    List<String> publicRoutes = section.list("public", text -> text);
    section.refuseOthers();
    return new ServiceConfig(
        name, manifest, upstreams, tls, limits, healthCheck, grants, allowReads, publicRoutes);
  }

  private static void checkTrustIsAskedFor(
      Section section, List<HttpOrigin> upstreams, ManifestSource manifest) {
    boolean https =
        upstreams.stream().anyMatch(HttpOrigin::secure)
            || (manifest instanceof AtUrl url && url.origin().secure());
    if (section.has("upstreamTls") && !https) {
      section.problem(
          "upstreamTls",
          "no upstream of this microservice is https. Remove this, or make it so.",
          section.at("upstreams"),
          section.at("manifest"));
    }
  }

  private static String read(String text) {
    if (!FieldName.isToken(text)) {
      throw new IllegalArgumentException(
          "the name of a session field or of a configuration value is wanted.");
    }
    return text;
  }

  private static HttpOrigin upstream(String text) {
    return HttpOrigin.parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an origin is wanted: http or https, host and perhaps a port, no path."));
  }
}
