/**
 * Trials of a grid of gateways: real processes that are killed, frozen and cut off while clients
 * call them, and a check of all that was answered (contract C37, C37a). {@link
 * dev.kinto.gateway.trial.GridTrialTest} runs the short ones in the build; {@link
 * dev.kinto.gateway.trial.GridTrials}, by {@code bench/grid/run.sh}, all of them for as long as one
 * likes. Nothing here needs more than a JDK and the gateway itself.
 */
@NullMarked
package dev.kinto.gateway.trial;

import org.jspecify.annotations.NullMarked;
