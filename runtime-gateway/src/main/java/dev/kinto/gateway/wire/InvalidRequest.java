package dev.kinto.gateway.wire;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;

/** A request that is not the HTTP that contract C35 lets through. */
final class InvalidRequest {
  private InvalidRequest() {}

  static Refusal because(String reason) {
    return because(ProblemCode.REQUEST_INVALID, reason);
  }

  static Refusal because(ProblemCode code, String reason) {
    return new Refusal(code, reason);
  }
}
