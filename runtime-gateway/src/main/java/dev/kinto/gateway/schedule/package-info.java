/**
 * Work that comes again and again, for as long as the gateway runs.
 *
 * <p>The door is {@link dev.kinto.gateway.schedule.PeriodicTask}.
 */
@NullMarked
package dev.kinto.gateway.schedule;

import org.jspecify.annotations.NullMarked;
