package dev.kinto.gateway.observe;

import dev.kinto.manifest.FieldName;
import java.util.Set;

/**
 * What a state of the gateway has names for. What is counted by others is forgotten: otherwise it
 * would grow with every manifest that ever was.
 *
 * @param environments the environments
 * @param routes the routes of all microservices
 * @param fields the session fields that they read or write, folded
 */
public record ExistingNames(Set<String> environments, Set<RouteName> routes, Set<String> fields) {

  /** Copies the sets. */
  public ExistingNames {
    environments = Set.copyOf(environments);
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
