package dev.kinto.gateway.config;

/**
 * How many WebSockets may be open at a time (contract C34). They last, and mostly wait: without
 * limits of their own they would take the places of all calls.
 *
 * @param total of the whole gateway: less than all calls that it carries
 * @param perClient of one client
 * @param perSession of one session; of public calls, of one address
 */
public record WebSocketLimits(int total, int perClient, int perSession) {
  private static final int SESSIONS = 32;
  private static final int MOST_OF_A_SESSION = 100;

  /** Reads them; those that are not named go by how many calls there may be in all. */
  static WebSocketLimits read(Section section, int maxCalls) {
    int total = section.number("total", 0, maxCalls / 2);
    if (total >= maxCalls && section.has("total")) {
      section.found("total", "calls need places too: less than maxCalls is wanted.", "maxCalls");
    }
    WebSocketLimits limits =
        new WebSocketLimits(
            total,
            section.number("perClient", 1, partOf(total, 2)),
            section.number("perSession", 1, Math.min(MOST_OF_A_SESSION, partOf(total, SESSIONS))));
    section.refuseOthers();
    return limits;
  }

  /**
   * How many go to one upstream where nothing else is said: more than one client may have, who
   * would keep all others from it.
   */
  int perUpstream() {
    return Math.max(1, total - total / 4);
  }

  private static int partOf(int total, int parts) {
    return Math.max(1, total / parts);
  }
}
