package dev.kinto.gateway.session;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Issues tokens, finds the session of a token, and saves what answers change in it (contract C22 to
 * C27). Safe for use by any number of threads.
 */
public final class Sessions {
  /**
   * How many ids a session is tried with if there is room here, and none where it would live: each
   * id belongs to another node by chance.
   */
  private static final int PLACES = 20;

  private final SessionGrid grid;
  private final Admission admission;
  private final TokenKeys keys;
  private final InstantSource clock;
  private final SessionRules rules;
  private final SecureRandom writeIds = new SecureRandom();
  private final BiPredicate<String, String> known;

  /**
   * Sessions in a grid.
   *
   * @param known whether a client id is still configured for an environment; sessions of others
   *     have ended (contract C25)
   */
  public Sessions(
      SessionGrid grid,
      TokenKeys keys,
      InstantSource clock,
      SessionRules rules,
      BiPredicate<String, String> known) {
    this.grid = grid;
    this.admission = new Admission(grid, clock);
    this.keys = keys;
    this.clock = clock;
    this.rules = rules;
    this.known = known;
  }

  /**
   * Begins a session and gives its token, which is shown nowhere else. The client's oldest session
   * that never got a field ends for it, if the client has as many as it may have.
   *
   * @throws Refusal rate-limited or grid-unavailable
   */
  public IssuedToken issue(String clientId, String environment, SessionLifetime lifetime) {
    for (int place = 1; ; place++) {
      Token token = keys.issue();
      SessionEntry entry =
          SessionEntry.begun(clientId, environment, token.nonceHash(), lifetime, clock.millis());
      Outcome outcome = admission.begin(token, entry, rules.budgets().apply(clientId));
      if (outcome != Outcome.NO_ROOM || grid.memory().isFull() || place == PLACES) {
        requireDone(outcome);
        return new IssuedToken(token.text(), new Session(token, entry));
      }
    }
  }

  /**
   * A token that was just issued.
   *
   * @param text what the client sends from now on
   * @param session its session
   */
  public record IssuedToken(String text, Session session) {
    @Override
    public String toString() {
      return "IssuedToken[redacted]";
    }
  }

  /**
   * The session of a call to a microservice; its idle time begins anew.
   *
   * @throws Refusal token-invalid, token-replaced, session-ended or grid-unavailable
   */
  public Session authenticate(String tokenText) {
    Session session = find(tokenText);
    if (!session.entry().nonces().accepts(session.token().nonceHash(), clock.millis())) {
      throw replaced();
    }
    renew(session);
    return session;
  }

  /**
   * The session of a request about the session itself, for which a token from before a rotation is
   * not good enough (contract C28).
   *
   * @throws Refusal token-invalid, token-replaced, session-ended or grid-unavailable
   */
  public Session authenticateCurrent(String tokenText) {
    Session session = find(tokenText);
    if (!session.entry().nonces().isCurrent(session.token().nonceHash())) {
      throw replaced();
    }
    renew(session);
    return session;
  }

  private void renew(Session session) {
    long now = clock.millis();
    SessionEntry entry = session.entry();
    if (entry.wantsRenewal(now) || entry.nonces().isFirstUse(session.token().nonceHash())) {
      requireDone(renew(session, entry, now));
    }
  }

  private Outcome renew(Session session, SessionEntry entry, long now) {
    Token token = session.token();
    Renew renew = new Renew(token.nonceHash(), session.entry().logins(), entry.used(), now);
    Outcome outcome = grid.run(token.gridKey(), renew, entry.timeLeftAfterUse(now));
    if (outcome != Outcome.USED_MEANWHILE) {
      return outcome;
    }
    // Its idle time is another one since; that happens once in its life.
    Optional<SessionEntry> found = grid.find(token.gridKey());
    return found.isPresent() ? renew(session, found.get(), now) : Outcome.ENDED;
  }

  /**
   * Whether an answer may go on that goes on long after its request (contract C24): its session
   * lives, and no login has replaced its token since (contract C28).
   *
   * @param used whether bytes flowed: then its idle time begins anew
   * @throws Refusal grid-unavailable
   */
  public boolean lives(Session session, boolean used) {
    Optional<SessionEntry> found = grid.find(session.token().gridKey());
    long now = clock.millis();
    if (found.isEmpty() || !isLive(found.get(), now)) {
      return false;
    }
    SessionEntry entry = found.get();
    return entry.logins() == session.entry().logins()
        && (!used || !entry.wantsRenewal(now) || renew(session, entry, now) == Outcome.DONE);
  }

  private boolean isLive(SessionEntry entry, long now) {
    return entry.alive(now) && known.test(entry.clientId(), entry.environment());
  }

  /**
   * The live session that a genuine token names, whichever of its tokens it is: nothing is allowed
   * by that yet.
   *
   * @throws Refusal token-invalid, session-ended or grid-unavailable
   */
  public Session find(String tokenText) {
    Token token =
        keys.verify(tokenText)
            .orElseThrow(
                () ->
                    new Refusal(
                        ProblemCode.TOKEN_INVALID,
                        "The token was not issued by this gateway. Obtain one with POST /auth."));
    SessionEntry entry = grid.find(token.gridKey()).orElseThrow(Sessions::ended);
    if (!isLive(entry, clock.millis())) {
      throw ended();
    }
    return new Session(token, entry);
  }

  /**
   * Gives a session a new token; the presented one serves calls for the grace time (contract C28).
   * The previous token may be rotated again while nobody has used its successor, which is what a
   * client does whose answer was lost; that successor is dead then.
   *
   * @param session as {@link #find} gave it
   * @throws Refusal token-replaced, session-ended or grid-unavailable
   */
  public IssuedToken rotate(Session session) {
    Token presented = session.token();
    Token next = keys.reissue(presented);
    long now = clock.millis();
    Rotate rotate =
        new Rotate(presented.nonceHash(), next.nonceHash(), rules.grace().toMillis(), now);
    requireDone(grid.run(presented.gridKey(), rotate, session.entry().longestTimeLeft(now)));
    return new IssuedToken(next.text(), new Session(next, session.entry()));
  }

  /**
   * Saves what an answer changes, before its first byte is sent on (contract C26, C27).
   *
   * @return the session's new token, if the change rotates it
   * @throws Refusal.NotSaved token-replaced, session-ended, session-too-large or grid-unavailable
   */
  public Optional<IssuedToken> apply(Session session, SessionChange change) {
    if (change.isEmpty() || session == Session.NONE) {
      return Optional.empty();
    }
    long now = clock.millis();
    Token token = session.token();
    Optional<Token> next =
        change.rotatesToken() ? Optional.of(keys.reissue(token)) : Optional.empty();
    ApplyChange apply =
        new ApplyChange(
            writeId(),
            FieldChanges.of(change.assignments()),
            token.nonceHash(),
            session.entry().logins(),
            next.map(Token::nonceHash),
            rules.limits().maxSessionBytes(),
            rules.limits().maxFields(),
            Integer.MAX_VALUE,
            now);
    try {
      requireDone(run(session, apply));
    } catch (Refusal reason) {
      throw new Refusal.NotSaved(reason);
    }
    return next.map(
        issued ->
            new IssuedToken(
                issued.text(),
                new Session(issued, session.entry().loggedIn(issued.nonceHash(), now))));
  }

  /** Does it, within what the sessions of the client may take. */
  private Outcome run(Session session, ApplyChange change) {
    SessionBudget budget = rules.budgets().apply(session.clientId());
    return budget.maxBytes().isPresent()
        ? admission.grow(session, change, budget)
        : grid.run(session, change);
  }

  /** Forty-eight random bits, of which some are set: 0 stands for none. */
  private long writeId() {
    return Math.max(1, writeIds.nextLong() & 0xffff_ffff_ffffL);
  }

  private void requireDone(Outcome outcome) {
    switch (outcome) {
      case DONE -> {}
      case ENDED -> throw ended();
      case REPLACED -> throw replaced();
      case TOO_LARGE ->
          throw new Refusal(
              ProblemCode.SESSION_TOO_LARGE,
              "The session would have more than "
                  + rules.limits().maxFields()
                  + " fields or "
                  + rules.limits().maxSessionBytes()
                  + " bytes.");
      case NO_ROOM ->
          throw new Refusal(
              ProblemCode.GRID_UNAVAILABLE,
              "The memory for sessions is full, or their disk: none can begin or grow until there"
                  + " is room.");
      case UNREADABLE -> throw new Refusal(ProblemCode.GRID_UNAVAILABLE, SessionGrid.NEWER);
      case USED_MEANWHILE, GREW_MORE, BUSY, AT_ITS_CAP, UNKNOWN ->
          throw new Refusal(ProblemCode.GRID_UNAVAILABLE, SessionGrid.OTHER_VERSION);
    }
  }

  /**
   * Ends a session now, for every gateway, if the token is still its newest one.
   *
   * @throws Refusal token-replaced, session-ended or grid-unavailable
   */
  public void end(Session session) {
    Token token = session.token();
    long now = clock.millis();
    End end = new End(writeId(), token.nonceHash(), now);
    requireDone(grid.run(token.gridKey(), end, SessionGrid.ENDED_KNOWN_FOR));
  }

  private static Refusal ended() {
    return new Refusal(
        ProblemCode.SESSION_ENDED,
        "The session has ended: it was idle too long, reached its greatest age, or was ended."
            + " Obtain a new token with POST /auth.");
  }

  private static Refusal replaced() {
    return new Refusal(
        ProblemCode.TOKEN_REPLACED,
        "The session lives, but has a newer token: a rotation or a login replaced this one. Use the"
            + " newer one; a new token from POST /auth would begin another session.");
  }
}
