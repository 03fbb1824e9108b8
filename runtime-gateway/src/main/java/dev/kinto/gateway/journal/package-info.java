/**
 * The newest bytes of each key, on a disk ({@link dev.kinto.gateway.journal.Journal}). It knows
 * neither what the bytes mean nor where else they are kept.
 */
@NullMarked
package dev.kinto.gateway.journal;

import org.jspecify.annotations.NullMarked;
