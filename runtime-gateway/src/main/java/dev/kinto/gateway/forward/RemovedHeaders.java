package dev.kinto.gateway.forward;

import dev.kinto.gateway.route.Match;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Counts the headers of clients that the gateway removes although a client may have meant them, and
 * those of microservices that only the gateway may say to pages, and logs the first of each kind
 * (contract C30, C32). Its memory is bounded, whatever clients send. Safe for use by any number of
 * threads.
 */
public final class RemovedHeaders {
  private static final System.Logger LOG = System.getLogger(RemovedHeaders.class.getName());
  private static final int MOST_PLACES = 10_000;
  private static final int MOST_NAMES = 5;
  private static final int LONGEST_NAME = 64;
  private static final Place OTHERS = new Place("", "", "");

  private final Map<Place, Count> counts = new ConcurrentHashMap<>();
  private final Set<String> corsRoutes = ConcurrentHashMap.newKeySet();

  /**
   * What is counted apart.
   *
   * @param environment the environment
   * @param route method and path template, as clients call it
   * @param owner the microservice in whose session space the header lay; empty if in none
   */
  public record Place(String environment, String route, String owner) {}

  /** Why a header is removed. */
  enum Reason {
    OF_THE_SESSION("it lies in a session space, which no client may write to"),
    OF_THE_CONFIGURATION("it has the name of a configuration value, which only operators set"),
    OVERRIDE("a route is what the method and the path of a request say");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  /**
   * One header that was removed.
   *
   * @param name as the client spelt it
   * @param owner the microservice in whose session space it lies; empty if in none
   */
  record Removed(String name, String owner, Reason reason) {}

  /** How many headers were removed, where; beyond 10,000 places all others are one, of no names. */
  public Map<Place, Long> counts() {
    return counts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().all.sum()));
  }

  /** Counts what was removed from a request. */
  void add(ClientHeaders headers, Match match, CallContext context) {
    for (Removed removed : headers.removed()) {
      context.observation().removed(removed.name(), removed.owner());
      Place place = new Place(context.environment().name(), match.signature(), removed.owner());
      if (count(place, removed.name())) {
        LOG.log(
            Level.INFO,
            "Environment {0}: the header {1} of a request for {2} was removed: {3}{4}. Said once"
                + " for each route and name. Request {5}",
            place.environment(),
            shortened(removed.name()),
            place.route(),
            removed.reason().text,
            place.owner().isEmpty() ? "" : " (" + place.owner() + ")",
            context.requestId());
      }
    }
  }

  /** Counts one header; whether its name is one of the place's first, and came never before. */
  boolean count(Place place, String name) {
    Place known = counts.size() < MOST_PLACES || counts.containsKey(place) ? place : OTHERS;
    return counts.computeIfAbsent(known, _ -> new Count()).add(name);
  }

  /** Says once for each route that its own word to pages of other origins was dropped. */
  public void add(Interception answer, Match match, CallContext context) {
    if (answer.cors().isEmpty()) {
      return;
    }
    String route = context.environment().name() + " " + match.signature();
    if (corsRoutes.size() < MOST_PLACES && corsRoutes.add(route)) {
      LOG.log(
          Level.INFO,
          "Environment {0}: {1} answered with {2}, which was dropped: what pages of other origins"
              + " may do and see is said by allowedOrigins and exposeHeaders of their client. Said"
              + " once for each route. Request {3}",
          context.environment().name(),
          match.signature(),
          shortened(String.join(", ", answer.cors())),
          context.requestId());
    }
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
  }

  /** How often, and the first names. */
  private static final class Count {
    private final LongAdder all = new LongAdder();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** Whether the name is one of the first, and came never before. */
    boolean add(String name) {
      all.increment();
      return names.size() < MOST_NAMES && names.add(shortened(name));
    }
  }
}
