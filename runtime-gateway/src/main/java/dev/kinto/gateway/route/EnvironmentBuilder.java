package dev.kinto.gateway.route;

import dev.kinto.declaration.Nearest;
import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.ConfigErrors;
import dev.kinto.gateway.config.EnvironmentConfig;
import dev.kinto.gateway.config.Places;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.contracts.Summary;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.observe.RouteName;
import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.RegisteredFields;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionSpace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds an environment from its configuration and its microservices' manifests: finds the
 * manifests, has the rules between microservices checked, and binds each route to what the
 * configuration says of it (contract C9, C20, C42). All problems are noted, each with its place.
 */
public final class EnvironmentBuilder {
  private final EnvironmentConfig config;
  private final Map<String, Manifest> onDisk;
  private final PulledManifests pulled;
  private final Places places;
  private final ConfigErrors problems;
  private final List<String> warnings;
  private final SessionSpace space;
  private final Map<ServiceConfig, Manifest> manifests = new LinkedHashMap<>();

  private Producers producers = Producers.of(List.of());

  private EnvironmentBuilder(
      EnvironmentConfig config,
      Map<String, Manifest> onDisk,
      PulledManifests pulled,
      ConfigDraft draft,
      List<String> warnings) {
    this.config = config;
    this.onDisk = onDisk;
    this.pulled = pulled;
    this.places = draft.readable().places();
    this.problems = draft.problems();
    this.warnings = warnings;
    // Also of microservices that are not ready: nobody may send their fields meanwhile.
    this.space =
        SessionSpace.of(config.services().keySet().stream().map(MicroserviceName::new).toList());
  }

  /**
   * Builds an environment.
   *
   * @param onDisk the manifests that were read from files and jars
   * @param pulled those of the others, as far as they are there
   * @param draft takes what makes it unusable
   * @param warnings takes what an operator should know: deployments may be partial
   * @return the environment, which must not be used if there are problems
   */
  public static Environment build(
      EnvironmentConfig config,
      Map<String, Manifest> onDisk,
      PulledManifests pulled,
      ConfigDraft draft,
      List<String> warnings) {
    return new EnvironmentBuilder(config, onDisk, pulled, draft, warnings).build();
  }

  private Environment build() {
    config.services().values().forEach(this::find);
    new StartCheck(config, places, problems, warnings).check(manifests);
    producers = Producers.of(manifests.values());
    Map<String, Service> services = new HashMap<>();
    manifests.forEach((service, manifest) -> services.put(service.name(), bind(service, manifest)));
    return new Environment(
        config.name(),
        config.services().keySet(),
        services,
        space,
        folded(config.values().keySet()));
  }

  private static Set<String> folded(Collection<String> names) {
    return names.stream().map(FieldName::fold).collect(Collectors.toSet());
  }

  private static Set<String> configNames(Manifest manifest) {
    return manifest.routes().stream()
        .flatMap(route -> route.config().stream())
        .map(read -> read.field().spelling())
        .filter(name -> !RegisteredFields.contains(name))
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
    Set<String> allowed = folded(names);
    Set<String> all = PulledManifests.reads(manifest);
    List<String> beyond =
        all.stream().filter(read -> !allowed.contains(FieldName.fold(read))).toList();
    if (!beyond.isEmpty()) {
      String key = config.key(service) + ".allowReads";
      problems.at(
          key,
          "the manifest from "
              + config.manifest(service, places)
              + " reads "
              + beyond.stream().map(read -> '"' + read + '"').collect(Collectors.joining(", "))
              + (service.allowReads().isPresent()
                  ? ", which is not listed."
                  : ", which earlier ones did not.")
              + " If that is meant, set allowReads: [ "
              + String.join(", ", all)
              + " ]",
          premises(service, key));
    }
  }

  private Service bind(ServiceConfig service, Manifest manifest) {
    checkGrants(service);
    Set<String> unsent = new TreeSet<>();
    Set<String> unusedPublic = new HashSet<>(service.publicRoutes());
    List<BoundRoute> routes = new ArrayList<>();
    for (Route route : manifest.routes()) {
      boolean isPublic = isPublic(route, unusedPublic, service);
      routes.add(
          new BoundRoute(
              name(service, route),
              route,
              route.reads().stream().map(producers::injection).toList(),
              configLines(service, route, unsent),
              route.writes().stream()
                  .collect(Collectors.toMap(w -> w.field().folded(), Function.identity())),
              isPublic));
    }
    unusedPublic.remove("all");
    for (int i = 0; i < service.publicRoutes().size(); i++) {
      if (unusedPublic.contains(service.publicRoutes().get(i))) {
        String key = config.key(service) + ".public";
        problems.found(
            key + "[" + i + "]",
            "the manifest has no route of this name. Name one as the manifest does, or as METHOD"
                + " /path, or say all.",
            premises(service, key));
      }
    }
    warnOfUnsent(service, unsent);
    return new Service(
        new ServiceId(config.name(), service.name()),
        manifest,
        service.upstreams(),
        service.tls(),
        service.limits(),
        service.healthCheck(),
        new RouteTable(routes),
        configNames(manifest));
  }

  private RouteName name(ServiceConfig service, Route route) {
    return new RouteName(
        config.name(),
        service.name(),
        route.signature(),
        route.method() + " /" + service.name() + route.path());
  }

  private void checkGrants(ServiceConfig service) {
    for (int i = 0; i < service.grants().size(); i++) {
      String grant = service.grants().get(i);
      if (!config.values().containsKey(grant)) {
        String key = config.key(service) + ".config[" + i + "]";
        warnings.add(
            places.of(key)
                + ": the environment has no value \""
                + places.name(key, grant)
                + "\". "
                + known(grant));
      }
    }
  }

  private String known(String grant) {
    Set<String> names = new TreeSet<>(config.values().keySet());
    return Nearest.to(grant, names)
        .map(near -> "Did you mean \"" + near + "\"?")
        .orElseGet(
            () ->
                names.isEmpty()
                    ? "It has none; add it to " + config.key("config") + "."
                    : "Known are: " + String.join(", ", names) + ".");
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
                          + config.key(service)
                          + ".public"
                          + "."));
    }
    return listed || service.publicRoutes().contains("all");
  }

  /**
   * The values that a route is sent.
   *
   * @param unsent takes the names of optional ones that it is not
   */
  private List<HeaderLine> configLines(ServiceConfig service, Route route, Set<String> unsent) {
    List<HeaderLine> lines = new ArrayList<>();
    for (ConfigRead wanted : route.config()) {
      String name = wanted.field().spelling();
      String value = config.values().get(name);
      if (value != null && service.grants().contains(name)) {
        lines.add(HeaderLine.of(name, value));
      } else if (space.contains(name)) {
        // Was found among the contracts, and no value would mend it.
      } else if (wanted.required()) {
        error(
            service,
            route,
            "asks for the configuration value \"" + name + "\", which " + missing(service, name),
            missingKey(service, name));
      } else {
        unsent.add(name);
      }
    }
    return lines;
  }

  private String missing(ServiceConfig service, String name) {
    return config.values().containsKey(name)
        ? "it is not granted. Add it to " + missingKey(service, name) + "."
        : "the environment does not have. Add it: " + missingKey(service, name);
  }

  private String missingKey(ServiceConfig service, String name) {
    return config.values().containsKey(name)
        ? config.key(service) + ".config"
        : config.key("config." + name);
  }

  /** An optional value may be missing, and its route then works with less than it could. */
  private void warnOfUnsent(ServiceConfig service, Set<String> names) {
    Summary.lines(
            List.copyOf(names),
            _ -> "optional configuration values that it is not sent",
            name ->
                "the microservice \""
                    + service.name()
                    + "\" would take the configuration value \""
                    + name
                    + "\", which "
                    + missing(service, name))
        .forEach(line -> warnings.add(config.manifest(service, places) + ": " + line));
  }

  private void error(ServiceConfig service, Route route, String text, String... premises) {
    problems.add(
        config.manifest(service, places),
        subject(service, route) + " " + text,
        premises(service, premises));
  }

  /** Whatever is said of a manifest takes for granted that it is the one that was meant. */
  private String[] premises(ServiceConfig service, String... others) {
    return Stream.concat(Stream.of(config.key(service) + ".manifest"), Stream.of(others))
        .toArray(String[]::new);
  }

  private static String subject(ServiceConfig service, Route route) {
    return route.signature() + " of \"" + service.name() + "\"";
  }
}
