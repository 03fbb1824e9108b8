package dev.kinto.gateway.route;

import dev.kinto.gateway.config.EnvironmentConfig;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.route.BoundRoute.Injection;
import dev.kinto.gateway.wire.HeaderLine;
import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionSpace;
import dev.kinto.manifest.SessionWrite;
import dev.kinto.session.WireText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds an environment from its configuration and its microservices' manifests, and checks what
 * only shows when they meet (contract C2, C3, C9, C20, C42). All problems are noted, each with its
 * place.
 */
public final class EnvironmentBuilder {
  private final EnvironmentConfig config;
  private final Map<String, Manifest> onDisk;
  private final PulledManifests pulled;
  private final List<String> errors;
  private final List<String> warnings;
  private final Map<ServiceConfig, Manifest> manifests = new LinkedHashMap<>();

  /** The owner's spelling of each field that some route writes, by folded name. */
  private final Map<String, FieldName> spellings = new HashMap<>();

  /** The routes that certainly write a field, as clients call them, by folded name. */
  private final Map<String, List<String>> providers = new HashMap<>();

  /** The routes that write it on some answers only, as a logout does, which removes it. */
  private final Map<String, List<String>> perhapsProviders = new HashMap<>();

  private EnvironmentBuilder(
      EnvironmentConfig config,
      Map<String, Manifest> onDisk,
      PulledManifests pulled,
      List<String> errors,
      List<String> warnings) {
    this.config = config;
    this.onDisk = onDisk;
    this.pulled = pulled;
    this.errors = errors;
    this.warnings = warnings;
  }

  /**
   * Builds an environment.
   *
   * @param onDisk the manifests that were read from files and jars
   * @param pulled those of the others, as far as they are there
   * @param errors takes what makes it unusable
   * @param warnings takes what an operator should know: deployments may be partial
   * @return the environment, which must not be used if there are errors
   */
  public static Environment build(
      EnvironmentConfig config,
      Map<String, Manifest> onDisk,
      PulledManifests pulled,
      List<String> errors,
      List<String> warnings) {
    return new EnvironmentBuilder(config, onDisk, pulled, errors, warnings).build();
  }

  private Environment build() {
    config.services().values().forEach(this::find);
    // Also of microservices that are not ready: nobody may send their fields meanwhile.
    SessionSpace space =
        SessionSpace.of(config.services().keySet().stream().map(MicroserviceName::new).toList());
    manifests.forEach((service, manifest) -> collectWrites(service, manifest, space));
    Map<String, Service> services = new HashMap<>();
    manifests.forEach(
        (service, manifest) -> services.put(service.name(), bind(service, manifest, space)));
    return new Environment(
        config.name(), config.services().keySet(), services, space, configNames());
  }

  /** Also those that have no value: a client's word must not stand in for it (contract C30). */
  private Set<String> configNames() {
    Stream<String> declared =
        manifests.values().stream()
            .flatMap(manifest -> manifest.routes().stream())
            .flatMap(route -> route.config().stream())
            .map(read -> read.field().spelling());
    return Stream.concat(declared, config.values().keySet().stream())
        .map(FieldName::fold)
        .collect(Collectors.toSet());
  }

  private void find(ServiceConfig service) {
    if (onDisk.containsKey(service.name())) {
      Manifest manifest = onDisk.get(service.name());
      service.allowReads().ifPresent(allowed -> checkReads(service, manifest, allowed));
      manifests.put(service, manifest);
    } else if (service.manifest().pulled()) {
      pulled
          .of(new ServiceId(config.name(), service.name()))
          .ifPresent(
              found -> {
                checkReads(
                    service,
                    found.manifest(),
                    service.allowReads().<Collection<String>>map(l -> l).orElse(found.trusted()));
                manifests.put(service, found.manifest());
              });
    }
  }

  /** What a microservice says of itself gives it no right to read (contract C42). */
  private void checkReads(ServiceConfig service, Manifest manifest, Collection<String> names) {
    Set<String> allowed = names.stream().map(FieldName::fold).collect(Collectors.toSet());
    Set<String> all = PulledManifests.reads(manifest);
    List<String> beyond =
        all.stream().filter(read -> !allowed.contains(FieldName.fold(read))).toList();
    if (!beyond.isEmpty()) {
      errors.add(
          service.place()
              + ".allowReads: the manifest from "
              + service.manifestName()
              + " reads "
              + beyond.stream().map(read -> '"' + read + '"').collect(Collectors.joining(", "))
              + (service.allowReads().isPresent()
                  ? ", which is not listed."
                  : ", which earlier ones did not.")
              + " If that is meant, set allowReads: [ "
              + String.join(", ", all)
              + " ]");
    }
  }

  private void collectWrites(ServiceConfig service, Manifest manifest, SessionSpace space) {
    for (Route route : manifest.routes()) {
      for (SessionWrite write : route.writes()) {
        FieldName field = write.field();
        boolean own =
            space.owner(field.spelling()).filter(manifest.microservice()::equals).isPresent();
        if (!own) {
          error(
              service,
              route,
              "may not set \""
                  + field
                  + "\": the field belongs to "
                  + space
                      .owner(field.spelling())
                      .map(owner -> "the microservice \"" + owner + "\"")
                      .orElse("no microservice of this environment")
                  + ". Begin the name with \""
                  + manifest.microservice().prefix()
                  + "\".");
          continue;
        }
        FieldName first = spellings.putIfAbsent(field.folded(), field);
        if (first != null && !first.equals(field)) {
          error(
              service,
              route,
              "sets \""
                  + field
                  + "\", which elsewhere is spelt \""
                  + first
                  + "\": they are one field. Choose one spelling.");
        }
        (write.optional() ? perhapsProviders : providers)
            .computeIfAbsent(field.folded(), _ -> new ArrayList<>())
            .add(route.method() + " /" + service.name() + route.path().text());
      }
    }
  }

  private Service bind(ServiceConfig service, Manifest manifest, SessionSpace space) {
    checkGrants(service);
    Set<String> unusedPublic = new TreeSet<>(service.publicRoutes());
    List<BoundRoute> routes = new ArrayList<>();
    for (Route route : manifest.routes()) {
      boolean isPublic = isPublic(route, unusedPublic, service);
      routes.add(
          new BoundRoute(
              route,
              route.reads().stream().map(read -> injection(service, route, read)).toList(),
              configLines(service, route, space),
              route.writes().stream()
                  .collect(Collectors.toMap(w -> w.field().folded(), Function.identity())),
              isPublic));
    }
    unusedPublic.remove("all");
    unusedPublic.forEach(
        name ->
            errors.add(
                service.place()
                    + ".public: the manifest has no route \""
                    + name
                    + "\". Name a route as its manifest does, or as METHOD /path, or say all."));
    return new Service(
        manifest, service.upstreams(), service.tls(), service.limits(), new RouteTable(routes));
  }

  private void checkGrants(ServiceConfig service) {
    for (String grant : service.grants()) {
      if (!config.values().containsKey(grant)) {
        warnings.add(
            service.place()
                + ".config: the environment has no value \""
                + grant
                + "\". Known are: "
                + String.join(", ", new TreeSet<>(config.values().keySet()))
                + ".");
      }
    }
  }

  private boolean isPublic(Route route, Set<String> unusedPublic, ServiceConfig service) {
    boolean byName = unusedPublic.remove(route.name());
    boolean bySignature = unusedPublic.remove(route.signature());
    boolean listed = byName || bySignature;
    if (listed) {
      route.reads().stream()
          .filter(SessionRead::required)
          .forEach(
              read ->
                  error(
                      service,
                      route,
                      "is listed as public but requires the session field \""
                          + read.field()
                          + "\", which no public call has. Make the read optional or take the route"
                          + " off "
                          + key("services." + service.name() + ".public")
                          + "."));
    }
    return listed || service.publicRoutes().contains("all");
  }

  private Injection injection(ServiceConfig service, Route route, SessionRead read) {
    String folded = read.field().folded();
    List<String> perhaps = perhapsProviders.getOrDefault(folded, List.of());
    List<String> by = providers.getOrDefault(folded, perhaps);
    if (read.required() && by.isEmpty()) {
      warnings.add(
          place(service, route)
              + " requires the session field \""
              + read.field()
              + "\", which no microservice of the environment \""
              + config.name()
              + "\" sets.");
    }
    FieldName spelling = spellings.getOrDefault(folded, read.field());
    return new Injection(
        spelling,
        spelling.spelling().toLowerCase(Locale.ROOT),
        folded,
        read.required(),
        read.defaultValue().map(WireText::encode),
        by);
  }

  private List<HeaderLine> configLines(ServiceConfig service, Route route, SessionSpace space) {
    List<HeaderLine> lines = new ArrayList<>();
    for (ConfigRead wanted : route.config()) {
      String name = wanted.field().spelling();
      String value = config.values().get(name);
      if (space.contains(name)) {
        error(
            service,
            route,
            "asks for the configuration value \""
                + name
                + "\", which is the name of a session field. Rename the value.");
      } else if (value != null && service.grants().contains(name)) {
        lines.add(HeaderLine.of(name, value));
      } else if (wanted.required() || value != null) {
        error(
            service,
            route,
            "asks for the configuration value \""
                + name
                + "\", which "
                + (value == null
                    ? "the environment does not have. Add it under " + key("config") + "."
                    : "it is not granted. Add it to "
                        + key("services." + service.name() + ".config")
                        + "."));
      }
    }
    return lines;
  }

  /** A key of this environment. */
  private String key(String below) {
    return "environments." + config.name() + "." + below;
  }

  private void error(ServiceConfig service, Route route, String text) {
    errors.add(place(service, route) + " " + text);
  }

  private static String place(ServiceConfig service, Route route) {
    return service.manifestName() + ": " + route.signature() + " of \"" + service.name() + "\"";
  }
}
