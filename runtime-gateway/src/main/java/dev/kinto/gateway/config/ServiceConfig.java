package dev.kinto.gateway.config;

import dev.kinto.manifest.MicroserviceName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A microservice in an environment.
 *
 * @param name its name
 * @param manifest a manifest, or a jar that holds it
 * @param upstreams where it runs
 * @param tls how https upstreams are judged
 * @param limits what is asked of each upstream at most
 * @param grants the configuration values that it may receive
 * @param publicRoutes route names, {@code METHOD /path}, or {@code all}
 * @param place where it stands in the file, for problems with its manifest
 */
public record ServiceConfig(
    String name,
    Path manifest,
    List<URI> upstreams,
    UpstreamTls tls,
    UpstreamLimits limits,
    List<String> grants,
    List<String> publicRoutes,
    String place) {

  private static final int MAX_PORT = 65535;

  /** Copies the lists. */
  public ServiceConfig {
    upstreams = List.copyOf(upstreams);
    grants = List.copyOf(grants);
    publicRoutes = List.copyOf(publicRoutes);
  }

  /** What it says, wherever it stands: lines move when others are edited. */
  public ServiceConfig withoutPlace() {
    return new ServiceConfig(name, manifest, upstreams, tls, limits, grants, publicRoutes, "");
  }

  static Map<String, ServiceConfig> readAll(Section services, UpstreamLimits limits) {
    Map<String, ServiceConfig> byName = new LinkedHashMap<>();
    for (String name : services.keys()) {
      try {
        new MicroserviceName(name);
      } catch (IllegalArgumentException e) {
        services.problem(name, String.valueOf(e.getMessage()));
      }
      read(name, services.section(name), services.place(name), limits)
          .ifPresent(service -> byName.put(name, service));
    }
    return byName;
  }

  private static Optional<ServiceConfig> read(
      String name, Section section, String place, UpstreamLimits defaults) {
    Path manifest =
        section.value(
            "manifest", "the path of a manifest or of a jar", text -> manifest(section, text));
    List<URI> upstreams =
        section.atLeastOne("upstreams", "\"http://127.0.0.1:9001\"", ServiceConfig::upstream);
    UpstreamTls tls = UpstreamTls.read(section.section("upstreamTls"));
    UpstreamLimits limits = UpstreamLimits.read(section.section("upstreamLimits"), defaults);
    List<String> grants = section.list("config", text -> text);
    List<String> publicRoutes = section.list("public", text -> text);
    section.refuseOthers();
    return Optional.ofNullable(manifest)
        .map(
            file ->
                new ServiceConfig(name, file, upstreams, tls, limits, grants, publicRoutes, place));
  }

  private static Path manifest(Section section, String text) {
    if (text.startsWith("http:") || text.startsWith("https:")) {
      throw new IllegalArgumentException(
          "manifests from a URL are not supported yet. Name a file or a jar.");
    }
    Path path = section.path(text);
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(
          "there is no such readable file; a relative path begins where this file lies.");
    }
    return path;
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
      if (originOnly && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "an origin is wanted: http or https, host and perhaps a port, no path.");
  }
}
