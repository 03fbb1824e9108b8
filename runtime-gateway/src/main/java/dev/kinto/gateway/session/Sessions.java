package dev.kinto.gateway.session;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BiPredicate;

/**
 * Issues tokens, finds the session of a token, and saves what answers change in it (contract C22 to
 * C27). Safe for use by any number of threads.
 */
public final class Sessions {
  private final SessionGrid grid;
  private final TokenKeys keys;
  private final InstantSource clock;
  private final BiPredicate<String, String> known;

  /**
   * Sessions in a grid.
   *
   * @param known whether a client id is still configured for an environment; sessions of others
   *     have ended (contract C25)
   */
  public Sessions(
      SessionGrid grid, TokenKeys keys, InstantSource clock, BiPredicate<String, String> known) {
    this.grid = grid;
    this.keys = keys;
    this.clock = clock;
    this.known = known;
  }

  /** Begins a session and gives its token, which is shown nowhere else. */
  public IssuedToken issue(String clientId, String environment, SessionLifetime lifetime) {
    Token token = keys.issue();
    long now = clock.millis();
    SessionEntry entry = new SessionEntry(clientId, environment, token.nonceHash(), lifetime, now);
    grid.create(token.gridKey(), entry, now);
    return new IssuedToken(token.text(), new Session(token.gridKey(), entry));
  }

  /**
   * A token that was just issued.
   *
   * @param text what the client sends from now on
   * @param session its session, without fields
   */
  public record IssuedToken(String text, Session session) {
    @Override
    public String toString() {
      return "IssuedToken[redacted]";
    }
  }

  /**
   * The session of a token; its idle time begins anew.
   *
   * @throws Refusal token-invalid, session-ended or grid-unavailable
   */
  public Session authenticate(String tokenText) {
    Token token =
        keys.verify(tokenText)
            .orElseThrow(
                () ->
                    new Refusal(
                        ProblemCode.TOKEN_INVALID,
                        "The token was not issued by this gateway. Obtain one with POST /auth."));
    UUID key = token.gridKey();
    SessionEntry entry = grid.find(key).orElseThrow(Sessions::ended);
    long now = clock.millis();
    if (!entry.alive(now)
        || !MessageDigest.isEqual(entry.nonceHash(), token.nonceHash())
        || !known.test(entry.clientId(), entry.environment())) {
      throw ended();
    }
    if (entry.wantsRenewal(now) && !grid.invoke(key, new Renew(now), entry.renewed(now), now)) {
      throw ended();
    }
    return new Session(key, entry);
  }

  /**
   * Saves what an answer changes, before its first byte is sent on (contract C26, C27).
   *
   * @throws Refusal session-ended, session-too-large, or grid-unavailable with the word that the
   *     upstream was called
   */
  public void apply(Session session, SessionChange change) {
    if (change.isEmpty() || session == Session.NONE) {
      return;
    }
    long now = clock.millis();
    ApplyChange.Outcome outcome;
    try {
      outcome =
          grid.invoke(
              session.gridKey(), new ApplyChange(change, now), session.entry().renewed(now), now);
    } catch (Refusal gridUnavailable) {
      throw new Refusal.NotSaved(gridUnavailable);
    }
    switch (outcome) {
      case STORED -> {}
      case ENDED -> throw ended();
      case TOO_LARGE ->
          throw new Refusal(
              ProblemCode.SESSION_TOO_LARGE,
              "With what the microservice set the session would have more than "
                  + SessionLimits.DEFAULT.maxFields()
                  + " fields or "
                  + SessionLimits.DEFAULT.maxBytes()
                  + " bytes. Nothing was saved.");
    }
  }

  /** Ends a session now, for every gateway. */
  public void end(Session session) {
    grid.remove(session.gridKey());
  }

  private static Refusal ended() {
    return new Refusal(
        ProblemCode.SESSION_ENDED,
        "The session has ended: it was idle too long, reached its greatest age, or was ended."
            + " Obtain a new token with POST /auth.");
  }
}
