package dev.kinto.gateway.observe;

import dev.kinto.manifest.FieldName;
import java.util.Set;

/**
 * What a state of the gateway has names for. What is counted by others is forgotten: otherwise it
 * would grow with every manifest that ever was.
 *
 * @param environments the environments
 * @param services the microservices of all environments, those too that show no manifest yet
 * @param routes the routes of all microservices
 * @param fields the session fields that they read or write, folded
 */
public record ExistingNames(
    Set<String> environments, Set<String> services, Set<RouteName> routes, Set<String> fields) {

  /** Copies the sets. */
  public ExistingNames {
    environments = Set.copyOf(environments);
    services = Set.copyOf(services);
    routes = Set.copyOf(routes);
    fields = Set.copyOf(fields);
  }

  /** Whether there is this route; of the gateway's own addresses, whether its environment is. */
  public boolean has(RouteName route) {
    return route.service().isEmpty()
        ? route.environment().isEmpty() || environments.contains(route.environment())
        : routes.contains(route);
  }

  /** Whether any microservice reads or writes this field, however it spells it. */
  public boolean hasField(String spelling) {
    return fields.contains(FieldName.fold(spelling));
  }
}
