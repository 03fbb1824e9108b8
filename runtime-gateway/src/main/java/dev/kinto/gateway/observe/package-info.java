/**
 * What is known of a request, from its first byte to its end, and who is told of it then (contract
 * C45 to C48).
 *
 * <p>An {@link dev.kinto.gateway.observe.Observation} travels with each request; every step notes
 * in it what it found and did. When the request has ended it becomes a {@link
 * dev.kinto.gateway.observe.RequestRecord}, refused requests too, and each {@link
 * dev.kinto.gateway.observe.Observer} is told once. {@link
 * dev.kinto.gateway.observe.RecentRequests} keeps the last ones: {@code find} gives one by its id,
 * {@code list} those of a code, a route or a session, the newest first; {@link
 * dev.kinto.gateway.observe.Why} says in a sentence what became of one. Whoever shows a record to
 * somebody hides the values of sensitive fields first.
 *
 * <p>This package knows no other part but refusals.
 */
@NullMarked
package dev.kinto.gateway.observe;

import org.jspecify.annotations.NullMarked;
