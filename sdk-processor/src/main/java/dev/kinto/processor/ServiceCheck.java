package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import dev.kinto.declaration.Contract;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The classes of one microservice, held against the contract (C1 to C4, C16).
 *
 * @param manifest the manifest; empty if there are errors
 * @param mistakes all of them, those of the reader among them
 */
record ServiceCheck(Optional<Manifest> manifest, List<Mistake> mistakes) {

  static ServiceCheck of(List<HandlerClass> classes) {
    List<Mistake> mistakes = new ArrayList<>();
    classes.forEach(handlers -> mistakes.addAll(handlers.mistakes()));
    if (!isName(classes.get(0).microservice().value())) {
      // The same wrong name may stand on several classes: each has its caret.
      classes.forEach(
          handlers -> mistakes.addAll(Contract.of(handlers.microservice(), List.of()).mistakes()));
      return new ServiceCheck(Optional.empty(), mistakes);
    }
    List<RouteDeclaration> routes = new SharedRoutes(mistakes).of(inForce(classes));
    Contract contract = Contract.of(classes.get(0).microservice(), routes);
    mistakes.addAll(contract.mistakes());
    if (classes.stream().anyMatch(handlers -> !handlers.helidonHandlers().isEmpty())) {
      ClassName service = HelidonService.nameFor(classes.get(0).microservice().value(), classes);
      classes.forEach(handlers -> checkReach(handlers, service, mistakes));
    }
    boolean good = mistakes.stream().allMatch(mistake -> mistake.rule().warning());
    return new ServiceCheck(good ? contract.manifest() : Optional.empty(), mistakes);
  }

  /**
   * The handlers without those that others override: of an interface or an abstract class only what
   * no class of the microservice inherits, and of two classes that have one route the superclass's.
   */
  private static List<Handler> inForce(List<HandlerClass> classes) {
    Set<String> inherited = new HashSet<>();
    Map<String, RouteDeclaration> concrete = new HashMap<>();
    for (HandlerClass type : classes) {
      for (Handler handler : type.handlers()) {
        inherited.addAll(handler.inherits());
        if (!type.isAbstract() && !handler.inherits().contains(handler.key())) {
          concrete.put(handler.key(), handler.route());
        }
      }
    }
    List<Handler> inForce = new ArrayList<>();
    for (HandlerClass type : classes) {
      type.handlers().stream()
          .filter(handler -> !type.isAbstract() || !inherited.contains(handler.key()))
          .filter(
              handler ->
                  handler.inherits().stream()
                      .map(concrete::get)
                      .noneMatch(route -> route != null && isSameAddress(route, handler.route())))
          .forEach(inForce::add);
    }
    return inForce;
  }

  private static boolean isSameAddress(RouteDeclaration one, RouteDeclaration other) {
    return one.method().value().equals(other.method().value())
        && one.path().value().equals(other.path().value());
  }

  private static List<RouteDeclaration> declarations(List<HandlerClass> classes) {
    return classes.stream()
        .flatMap(handlers -> handlers.handlers().stream())
        .map(Handler::route)
        .toList();
  }

  /** The routes that count, by identity: older versions of them cannot be called. */
  static Set<RouteDeclaration> current(List<HandlerClass> classes) {
    Set<RouteDeclaration> current = Collections.newSetFromMap(new IdentityHashMap<>());
    current.addAll(Contract.current(declarations(classes)));
    return current;
  }

  private static boolean isName(String microservice) {
    try {
      new MicroserviceName(microservice);
      return true;
    } catch (IllegalArgumentException reportedByTheContract) {
      return false;
    }
  }

  private static void checkReach(HandlerClass handlers, ClassName service, List<Mistake> mistakes) {
    for (Handler handler : handlers.helidonHandlers()) {
      if (!isReachable(handler, handlers, service)) {
        boolean samePackage = handlers.name().packageName().equals(service.packageName());
        mistakes.add(
            Rule.HANDLER_HIDDEN.at(
                handler.at(),
                handlers.name().simpleName() + "." + handler.method(),
                service.simpleName(),
                samePackage
                    ? "at least package-private, and its class too"
                    : "public, and its class too"));
      }
    }
  }

  /** Whether the generated service can call the handler. */
  static boolean isReachable(Handler handler, HandlerClass handlers, ClassName service) {
    return handlers.name().packageName().equals(service.packageName())
        ? handler.reach() != Handler.Reach.PRIVATE
        : handler.reach() == Handler.Reach.PUBLIC;
  }

  /** The route of a handler, if it is good on its own: code is generated for it in any case. */
  static Optional<Route> route(HandlerClass handlers, Handler handler) {
    return Contract.of(handlers.microservice(), List.of(handler.route()))
        .manifest()
        .map(manifest -> manifest.routes().get(0));
  }
}
