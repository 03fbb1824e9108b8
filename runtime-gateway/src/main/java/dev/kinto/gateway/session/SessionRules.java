package dev.kinto.gateway.session;

import java.time.Duration;

/**
 * What holds for all sessions of a gateway.
 *
 * @param grace how long the token from before a rotation still serves calls (contract C28)
 * @param limits how much sessions may hold and move (contract C29)
 * @param maxUnused greatest number of sessions that never got a field (contract C22)
 */
public record SessionRules(Duration grace, SessionLimits limits, int maxUnused) {}
