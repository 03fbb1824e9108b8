package dev.kinto.gateway.session;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiPredicate;

/**
 * Issues tokens, finds the session of a token, and saves what answers change in it (contract C22 to
 * C27). Safe for use by any number of threads.
 */
public final class Sessions {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final SessionGrid grid;
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
    ClientCount count = grid.census().client(clientId);
    makeRoom(count, rules.budgets().apply(clientId));
    try {
      Token token = keys.issue();
      long now = clock.millis();
      SessionEntry entry =
          SessionEntry.begun(clientId, environment, token.nonceHash(), lifetime, now);
      requireDone(grid.run(token.gridKey(), new Create(entry), entry.timeLeft(now)));
      return new IssuedToken(token.text(), new Session(token, entry));
    } finally {
      count.hasBegun();
    }
  }

  private void makeRoom(ClientCount count, SessionBudget budget) {
    while (!count.begin(budget)) {
      UUID oldest =
          count
              .takeOldestUnused()
              .orElseThrow(
                  () ->
                      new Refusal.RateLimited(
                          "This client has as many sessions as it may have. Try again when some"
                              + " have ended.",
                          RETRY));
      grid.run(oldest, new EndUnused(clock.millis()), RETRY);
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
    FieldChanges fields = FieldChanges.of(change.assignments());
    ApplyChange apply =
        new ApplyChange(
            writeIds.nextLong() & 0xffff_ffff_ffffL,
            fields,
            token.nonceHash(),
            session.entry().logins(),
            next.map(Token::nonceHash),
            rules.limits().maxSessionBytes(),
            rules.limits().maxFields(),
            now);
    try {
      requireRoom(session, fields);
      requireDone(grid.run(token.gridKey(), apply, session.entry().longestTimeLeft(now)));
    } catch (Refusal reason) {
      throw new Refusal.NotSaved(reason);
    }
    return next.map(
        issued ->
            new IssuedToken(
                issued.text(),
                new Session(issued, session.entry().loggedIn(issued.nonceHash(), now))));
  }

  /** What makes the session no larger needs none. */
  private void requireRoom(Session session, FieldChanges changes) {
    String clientId = session.clientId();
    OptionalLong most = rules.budgets().apply(clientId).maxBytes();
    SessionFields fields = session.entry().fields();
    int growth = fields.with(changes).bytes() - fields.bytes();
    if (most.isPresent()
        && growth > 0
        && grid.census().client(clientId).bytes() + growth > most.getAsLong()) {
      throw new Refusal(
          ProblemCode.GRID_UNAVAILABLE,
          "The sessions of this client take as much memory as they may. Try again when some have"
              + " ended.");
    }
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
      case USED_MEANWHILE, UNKNOWN ->
          throw new Refusal(
              ProblemCode.GRID_UNAVAILABLE,
              "The gateway that keeps this session has another version, which does not know what"
                  + " was asked of it.");
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
    End end = new End(token.nonceHash(), now);
    requireDone(grid.run(token.gridKey(), end, RETRY));
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
