package dev.kinto.gateway.route;

import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.observe.RouteName;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionWrite;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route in its environment, with all that a request needs worked out beforehand.
 *
 * @param name what it is called wherever it is told of
 * @param route what the manifest says
 * @param reads the session fields to inject
 * @param config the configuration values to inject, as header lines
 * @param writes the session fields that the route may set, by folded name
 * @param isPublic whether it answers on the public listener
 */
public record BoundRoute(
    RouteName name,
    Route route,
    List<Injection> reads,
    List<HeaderLine> config,
    Map<String, SessionWrite> writes,
    boolean isPublic) {

  /** Copies the collections. */
  public BoundRoute {
    reads = List.copyOf(reads);
    config = List.copyOf(config);
    writes = Map.copyOf(writes);
  }

  /**
   * A session field to inject.
   *
   * @param field its name in the owner's spelling, as the upstream receives it (contract C2)
   * @param lowerCaseName that name in lower case
   * @param folded that name folded, as sessions look it up
   * @param required whether the call is refused without it
   * @param defaultValue the wire form of what an optional read is sent when the session has none
   * @param providers the routes that set it, as clients call them
   */
  public record Injection(
      FieldName field,
      String lowerCaseName,
      String folded,
      boolean required,
      Optional<String> defaultValue,
      List<String> providers) {}
}
