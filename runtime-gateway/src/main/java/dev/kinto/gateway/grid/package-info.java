/**
 * The grid that remembers bytes under keys: one node inside this process, alone or with those of
 * other gateways (contract C37, C38). The door is {@link dev.kinto.gateway.grid.Grid}. This is the
 * only package that knows Apache Ignite, and it knows nothing of sessions: what an operation means
 * is said by {@link dev.kinto.gateway.grid.EntryOperations}.
 */
@NullMarked
package dev.kinto.gateway.grid;

import org.jspecify.annotations.NullMarked;
