package dev.kinto.manifest;

import java.util.Comparator;
import java.util.List;

/**
 * One route of a microservice, as its manifest says: what may be called and which session fields
 * the call reads and writes.
 *
 * @param method the HTTP method in upper case
 * @param path the path below the microservice
 * @param name the route's name, unique in the microservice; apidoc's {@code @apiName}
 * @param title one line for people, or empty
 * @param group apidoc's {@code @apiGroup}, or empty
 * @param description the author's words, or empty
 * @param reads the session fields it reads, sorted by name
 * @param writes the session fields it sets, sorted by name
 * @param config the configuration values it asks for, sorted by name
 * @param rotatesToken whether success gives the session a new token (contract C28)
 * @param documentation what else its author tells people
 */
public record Route(
    String method,
    PathTemplate path,
    String name,
    String title,
    String group,
    String description,
    List<SessionRead> reads,
    List<SessionWrite> writes,
    List<ConfigRead> config,
    boolean rotatesToken,
    Documentation documentation)
    implements Comparable<Route> {

  private static final Comparator<Route> ORDER =
      Comparator.comparing((Route route) -> route.path().text()).thenComparing(Route::method);

  /** Copies and sorts the lists. */
  public Route {
    reads = reads.stream().sorted(Comparator.comparing(SessionRead::field)).toList();
    writes = writes.stream().sorted(Comparator.comparing(SessionWrite::field)).toList();
    config = config.stream().sorted(Comparator.comparing(ConfigRead::field)).toList();
  }

  /** A route that documents nothing but what is named here. */
  public Route(
      String method,
      PathTemplate path,
      String name,
      String title,
      String group,
      String description,
      List<SessionRead> reads,
      List<SessionWrite> writes,
      List<ConfigRead> config,
      boolean rotatesToken) {
    this(
        method,
        path,
        name,
        title,
        group,
        description,
        reads,
        writes,
        config,
        rotatesToken,
        Documentation.NONE);
  }

  /** Method and path, as configuration and messages name a route: {@code GET /articles/{id}}. */
  public String signature() {
    return method + " " + path.text();
  }

  /** Orders by path, then method. */
  @Override
  public int compareTo(Route other) {
    return ORDER.compare(this, other);
  }
}
