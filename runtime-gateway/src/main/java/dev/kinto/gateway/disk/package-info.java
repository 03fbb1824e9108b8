/**
 * What the gateway keeps on disk for its next start, and what it leaves behind there. The door is
 * {@link dev.kinto.gateway.disk.DurableFile}.
 */
@NullMarked
package dev.kinto.gateway.disk;

import org.jspecify.annotations.NullMarked;
