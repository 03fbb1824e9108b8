package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.HostField;
import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.http1.RequestHead;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;

/** A request that is not the HTTP that contract C35 lets through, or too large. */
final class InvalidRequest {
  private InvalidRequest() {}

  static Refusal because(String reason) {
    return because(ProblemCode.REQUEST_INVALID, reason);
  }

  static Refusal because(ProblemCode code, String reason) {
    return new Refusal(code, reason);
  }

  /** What the codec says of a head of HTTP/1.1. */
  static Refusal because(MalformedMessageException failure) {
    ProblemCode code =
        switch (failure.kind()) {
          case MALFORMED -> ProblemCode.REQUEST_INVALID;
          case VERSION -> ProblemCode.HTTP_VERSION;
          case CODING -> ProblemCode.NOT_IMPLEMENTED;
        };
    return because(
        code,
        "The head of the request is not the HTTP/1.1 that is spoken here. Found: "
            + failure.reason()
            + ".");
  }

  /** The same head, unless what it calls is no name or address. */
  static RequestHead requireHost(RequestHead head) {
    if (!HostField.isHost(head.host()) && !lacksHost(head)) {
      throw because("Host is a name or address, and perhaps a port.");
    }
    return head;
  }

  /** As HTTP/1.0 may; of HTTP/1.1 such a head is no head. */
  private static boolean lacksHost(RequestHead head) {
    return head.lines().stream().noneMatch(line -> line.lowerCaseName().equals("host"));
  }

  static Refusal targetIsTooLong() {
    return because(
        ProblemCode.TARGET_TOO_LONG, "The request line is longer than this gateway accepts.");
  }

  static Refusal headersAreTooLarge() {
    return because(
        ProblemCode.HEADERS_TOO_LARGE, "The header fields are larger than this gateway accepts.");
  }
}
