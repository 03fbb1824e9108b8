package dev.kinto.gateway.route;

import dev.kinto.gateway.contracts.Contracts;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionSpace;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A set of microservices that see one another's session fields, and nobody else's (contract,
 * vocabulary). Immutable.
 */
public final class Environment {
  /** No manifest may declare these, so they are wrong on every path (contract C21). */
  private static final Set<String> NEVER_FORWARDED = Set.of("CONNECT", "TRACE");

  private final String name;
  private final Set<String> names;
  private final Map<String, Service> services;
  private final SessionSpace sessionSpace;
  private final Set<String> configNames;
  private final Set<String> methods;

  /**
   * An environment.
   *
   * @param names of all its microservices
   * @param services those whose manifest is known, by name
   * @param sessionSpace the names that belong to the session
   * @param configNames the folded names of its configuration values
   */
  Environment(
      String name,
      Set<String> names,
      Map<String, Service> services,
      SessionSpace sessionSpace,
      Set<String> configNames) {
    this.name = name;
    this.names = Set.copyOf(names);
    this.services = Map.copyOf(services);
    this.sessionSpace = sessionSpace;
    this.configNames = Set.copyOf(configNames);
    this.methods = methods(services.values());
  }

  private static Set<String> methods(Collection<Service> services) {
    Set<String> methods =
        services.stream()
            .flatMap(service -> service.manifest().routes().stream())
            .map(Route::method)
            .collect(Collectors.toSet());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return Set.copyOf(methods);
  }

  /** Its name in the configuration. */
  public String name() {
    return name;
  }

  /** Its microservices whose manifest is known, in no order. */
  public Collection<Service> services() {
    return services.values();
  }

  /** The methods of all its routes, and HEAD where there is GET (contract C21). */
  Set<String> methods() {
    return methods;
  }

  /** What its microservices declare, as far as that is known. */
  public Contracts contracts() {
    return Contracts.of(
        services.values().stream().map(Service::manifest).toList(),
        names.stream()
            .filter(each -> !services.containsKey(each))
            .map(MicroserviceName::new)
            .toList());
  }

  /** A microservice; empty as long as its manifest is not known, or if there is none. */
  public Optional<Service> service(String microservice) {
    return Optional.ofNullable(services.get(microservice));
  }

  /** What a microservice declares; empty as long as that is not known. */
  public Optional<Manifest> manifest(String microservice) {
    return Optional.ofNullable(services.get(microservice)).map(Service::manifest);
  }

  /** Whether an HTTP field of this name belongs to the session, in any spelling. */
  public boolean isSessionField(String httpFieldName) {
    return sessionSpace.contains(httpFieldName);
  }

  /** The microservice whose session space an HTTP field of this name lies in, in any spelling. */
  public Optional<MicroserviceName> sessionOwner(String httpFieldName) {
    return sessionSpace.owner(httpFieldName);
  }

  /** Whether an HTTP field of this folded name is one of the operator's configuration values. */
  public boolean isConfigField(String folded) {
    return configNames.contains(folded);
  }

  /**
   * The route that a request hits.
   *
   * @param path the raw path from the microservice on: {@code /<microservice>/<path>}
   * @param prefix what stood before it
   * @throws Refusal service-unknown, service-not-ready, route-unknown or method-not-allowed;
   *     request-invalid if the microservice, which decodes the path, would take it for another
   *     route
   */
  public Match match(String method, String path, String query, String prefix) {
    int slash = path.indexOf('/', 1);
    String microservice = slash < 0 ? path.substring(1) : path.substring(1, slash);
    Service service = services.get(microservice);
    if (service == null && NEVER_FORWARDED.contains(method)) {
      throw new Refusal.MethodNotAllowed(method, Set.of());
    }
    if (service == null) {
      throw names.contains(microservice) ? notReady(microservice) : unknown(microservice);
    }
    String below = slash < 0 ? "/" : path.substring(slash);
    BoundRoute route = service.routes().find(method, below);
    if (route == null) {
      throw notFound(method, microservice, below, service);
    }
    if (!service.routes().isFoundDecoded(route, method, below)) {
      throw new Refusal(
          ProblemCode.REQUEST_INVALID,
          "This path is another route when it is decoded. Encode only what must be encoded.");
    }
    return new Match(service, route, below + query, prefix + '/' + microservice);
  }

  private static Refusal unknown(String microservice) {
    return new Refusal(
        ProblemCode.SERVICE_UNKNOWN, "There is no microservice \"" + microservice + "\" here.");
  }

  private static Refusal notReady(String microservice) {
    return new Refusal(
        ProblemCode.SERVICE_NOT_READY,
        "The microservice \"" + microservice + "\" has not said yet what it answers.");
  }

  private static Refusal notFound(
      String method, String microservice, String path, Service service) {
    Set<String> allowed = service.routes().methods(path);
    return allowed.isEmpty() && !NEVER_FORWARDED.contains(method)
        ? new Refusal(
            ProblemCode.ROUTE_UNKNOWN,
            "The microservice \"" + microservice + "\" declares no route for this path.")
        : new Refusal.MethodNotAllowed(method, allowed);
  }
}
