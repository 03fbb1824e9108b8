package dev.kinto.gateway.route;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.EnvironmentConfig;
import dev.kinto.gateway.config.Places;
import dev.kinto.gateway.config.Problems;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.route.BoundRoute.Injection;
import dev.kinto.gateway.wire.HeaderLine;
import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.RegisteredFields;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionSpace;
import dev.kinto.manifest.SessionWrite;
import dev.kinto.session.WireText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
  private final Places places;
  private final Problems problems;
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
      ConfigDraft draft,
      List<String> warnings) {
    this.config = config;
    this.onDisk = onDisk;
    this.pulled = pulled;
    this.places = draft.readable().places();
    this.problems = draft.problems();
    this.warnings = warnings;
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
    // Also of microservices that are not ready: nobody may send their fields meanwhile.
    SessionSpace space =
        SessionSpace.of(config.services().keySet().stream().map(MicroserviceName::new).toList());
    manifests.forEach((service, manifest) -> collectWrites(service, manifest, space));
    Map<String, Service> services = new HashMap<>();
    manifests.forEach(
        (service, manifest) -> services.put(service.name(), bind(service, manifest, space)));
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
    Set<String> unusedPublic = new HashSet<>(service.publicRoutes());
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
    return new Service(
        manifest,
        service.upstreams(),
        service.tls(),
        service.limits(),
        new RouteTable(routes),
        configNames(manifest));
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
                          + config.key(service)
                          + ".public"
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
          config.manifest(service, places)
              + ": "
              + subject(service, route)
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
        String missing =
            value == null ? config.key("config." + name) : config.key(service) + ".config";
        error(
            service,
            route,
            "asks for the configuration value \""
                + name
                + "\", which "
                + (value == null
                    ? "the environment does not have. Add it: " + missing
                    : "it is not granted. Add it to " + missing + "."),
            missing);
      }
    }
    return lines;
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
