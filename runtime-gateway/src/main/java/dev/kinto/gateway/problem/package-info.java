/**
 * What the gateway refuses, and how it says so: problem+json of RFC 9457 (contract C36). The door
 * is {@link dev.kinto.gateway.problem.Refusal}.
 */
@NullMarked
package dev.kinto.gateway.problem;

import org.jspecify.annotations.NullMarked;
