package dev.kinto.gateway.session;

import java.time.Duration;
import java.util.function.Function;

/**
 * What holds for all sessions of a gateway.
 *
 * @param grace how long the token from before a rotation still serves calls (contract C28)
 * @param limits how much sessions may hold and move (contract C29)
 * @param budgets how many sessions a client may have, by its id (contract C22)
 */
public record SessionRules(
    Duration grace, SessionLimits limits, Function<String, SessionBudget> budgets) {}
