/**
 * Files as the gateway reads them ({@link dev.kinto.gateway.disk.RegularFile}) and as it keeps its
 * own for its next start ({@link dev.kinto.gateway.disk.DurableFile}).
 */
@NullMarked
package dev.kinto.gateway.disk;

import org.jspecify.annotations.NullMarked;
