/**
 * The log of the process: how its lines look, and what libraries may say in it (contract C47). The
 * door is {@link dev.kinto.gateway.log.Logging}.
 */
@NullMarked
package dev.kinto.gateway.log;

import org.jspecify.annotations.NullMarked;
