package dev.kinto.gateway.config;

import dev.kinto.gateway.session.SessionBudget;
import dev.kinto.gateway.session.SessionLifetime;
import dev.kinto.gateway.session.SessionLimits;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What holds for the sessions of all clients.
 *
 * @param lifetime how long they live where a client says nothing else (contract C24)
 * @param limits how much they may hold and move (contract C29)
 * @param budget how many of them a client may have where it says nothing else (contract C22)
 */
public record SessionConfig(SessionLifetime lifetime, SessionLimits limits, SessionBudget budget) {
  /** Less would hold no session. */
  private static final long LEAST_BYTES = 1024;

  static SessionConfig read(Section section) {
    SessionConfig session =
        new SessionConfig(
            lifetime(section, SessionLifetime.DEFAULT),
            limits(section.section("limits")),
            budget(section, SessionBudget.DEFAULT));
    section.refuseOthers();
    return session;
  }

  /** The lifetime that a section gives, which may hold other keys too. */
  static SessionLifetime lifetime(Section section, SessionLifetime defaults) {
    return new SessionLifetime(
        section.duration("idleTimeout", defaults.idle()),
        section.duration("unusedIdleTimeout", defaults.unused()),
        section.duration("unusedMaxLifetime", defaults.unusedMax()),
        section.duration("maxLifetime", defaults.max()));
  }

  /** How many sessions a section allows, which may hold other keys too. */
  static SessionBudget budget(Section section, SessionBudget defaults) {
    Optional<Integer> sessions = section.optional("maxSessions", Scalars.number(1));
    Optional<Long> bytes =
        section.optional("maxSessionBytes", Scalars.size(LEAST_BYTES, Long.MAX_VALUE));
    return new SessionBudget(
        section.number("maxUnusedSessions", 1, defaults.maxUnused()),
        sessions.map(OptionalInt::of).orElse(defaults.maxSessions()),
        bytes.map(OptionalLong::of).orElse(defaults.maxBytes()));
  }

  private static SessionLimits limits(Section section) {
    SessionLimits defaults = SessionLimits.DEFAULT;
    SessionLimits limits =
        new SessionLimits(
            section.number("valueBytes", 1, defaults.maxValueBytes()),
            section.number("answerBytes", 1, defaults.maxAnswerBytes()),
            section.number("requestBytes", 1, defaults.maxRequestBytes()),
            section.number("sessionBytes", 1, defaults.maxSessionBytes()),
            section.number("fields", 1, defaults.maxFields()));
    section.refuseOthers();
    boolean values = limits.maxValueBytes() <= limits.maxAnswerBytes();
    boolean answers = limits.maxAnswerBytes() <= limits.maxSessionBytes();
    requireRoom(section, values, "valueBytes", "answerBytes", defaults.maxAnswerBytes());
    requireRoom(section, answers, "answerBytes", "sessionBytes", defaults.maxSessionBytes());
    return limits;
  }

  /** What one key allows must not be refused by the next one. */
  private static void requireRoom(
      Section section, boolean room, String key, String next, int absent) {
    if (section.has(key) && !room) {
      section.found(
          key,
          "this is more than "
              + next
              + (section.has(next) ? "" : ", which is " + absent)
              + ". Raise that too.",
          section.at(key),
          section.at(next));
    }
  }
}
