package dev.kinto.gateway.forward;

import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.http.SessionCookie;
import dev.kinto.gateway.http.WebSocketHandshake;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Match;
import dev.kinto.gateway.session.Session;
import dev.kinto.gateway.session.SessionChange;
import dev.kinto.gateway.session.SessionChange.Assignment;
import dev.kinto.gateway.session.SessionLimits;
import dev.kinto.gateway.upstream.UpstreamResponse;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.SessionWrite;
import dev.kinto.session.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer, taken apart: what it changes in the session, and the head that the client gets
 * (contract C7, C26, C28, C29, C32).
 *
 * @param change what is saved before the client sees anything
 * @param head status and headers without anything of the session
 * @param undeclared the session fields that it set without declaring them, which are dropped
 * @param cors what it said to pages of other origins, which is dropped too
 */
public record Interception(
    SessionChange change, ResponseHead head, List<String> undeclared, List<String> cors) {

  /**
   * Takes an answer apart.
   *
   * @throws Refusal session-value-invalid or session-too-large; nothing is saved then
   */
  public static Interception of(
      UpstreamResponse answer, ClientRequest client, Match match, CallContext context) {
    boolean writesCount =
        answer.status() >= 200 && answer.status() < 400 && context.session() != Session.NONE;
    HopByHop hopByHop = HopByHop.of(answer.headers());
    ResponseAddresses addresses = ResponseAddresses.of(client, match);
    List<HeaderLine> lines = new ArrayList<>(answer.headers().size() + 1);
    List<Assignment> assignments = new ArrayList<>(0);
    List<String> undeclared = new ArrayList<>(0);
    List<String> cors = new ArrayList<>(0);
    SessionLimits limits = context.limits();
    int bytes = 0;
    for (HeaderLine line : answer.headers()) {
      String folded = FieldName.fold(line.lowerCaseName());
      SessionWrite write = match.route().writes().get(folded);
      if (context.environment().isSessionField(line.lowerCaseName())) {
        if (write == null) {
          undeclared.add(line.name());
        } else if (writesCount) {
          assignments.add(assignment(write, line, match, assignments, limits));
          bytes += line.name().length() + line.value().length();
        }
      } else if (folded.startsWith("access-control-")) {
        cors.add(line.name());
      } else if (!hopByHop.contains(line, folded)
          && !folded.startsWith("kinto-")
          && !SessionCookie.isSetBy(line)) {
        lines.add(addresses.rewrite(line));
      }
    }
    if (bytes > limits.maxAnswerBytes()) {
      throw tooLarge("The session fields of one answer have", bytes, limits.maxAnswerBytes());
    }
    if (context.session() != Session.NONE) {
      SharedCaches.makePrivate(lines);
    }
    lines.add(new HeaderLine("Kinto-Request-Id", "kinto-request-id", context.requestId()));
    if (answer.status() == 101) {
      addSwitch(answer, client, lines);
    }
    return new Interception(
        new SessionChange(assignments, writesCount && match.route().route().rotatesToken()),
        new ResponseHead(answer.status(), answer.reason(), lines, answer.contentLength()),
        undeclared,
        cors);
  }

  private static void addSwitch(
      UpstreamResponse answer, ClientRequest client, List<HeaderLine> lines) {
    lines.add(new HeaderLine("Connection", "connection", "Upgrade"));
    lines.add(new HeaderLine("Upgrade", "upgrade", "websocket"));
    boolean chosen =
        answer.headers().stream()
            .anyMatch(line -> line.lowerCaseName().equals(WebSocketHandshake.PROTOCOLS));
    if (!chosen && WebSocketHandshake.offersOurs(client)) {
      lines.add(WebSocketHandshake.agreement());
    }
  }

  /** The head with the line that hands over the session's new token, if it has one (C28). */
  public ResponseHead head(Optional<HeaderLine> newToken) {
    if (newToken.isEmpty()) {
      return head;
    }
    List<HeaderLine> lines = new ArrayList<>(head.headers());
    lines.add(newToken.get());
    return new ResponseHead(head.status(), head.reason(), lines, head.contentLength());
  }

  private static Assignment assignment(
      SessionWrite write,
      HeaderLine line,
      Match match,
      List<Assignment> before,
      SessionLimits limits) {
    FieldName field = write.field();
    if (before.stream().anyMatch(other -> other.field().equals(field))) {
      throw invalid(field, match, "came more than once in one answer");
    }
    String wire = line.value().strip();
    if (wire.isEmpty()) {
      return new Assignment(field, Optional.empty());
    }
    if (wire.length() > limits.maxValueBytes()) {
      throw tooLarge("The session field " + field + " has", wire.length(), limits.maxValueBytes());
    }
    String text =
        WireText.decode(wire)
            .orElseThrow(() -> invalid(field, match, "is not printable ASCII or not UTF-8"));
    Optional<String> mismatch = write.type().mismatchWhenSet(text);
    if (mismatch.isPresent()) {
      throw invalid(field, match, mismatch.get());
    }
    return new Assignment(field, Optional.of(wire));
  }

  private static Refusal invalid(FieldName field, Match match, String why) {
    return new Refusal(
        ProblemCode.SESSION_VALUE_INVALID,
        "The value that "
            + match.route().route().method()
            + " "
            + match.prefix()
            + match.route().route().path()
            + " set for the session field "
            + field
            + " "
            + why
            + ". Nothing was saved.");
  }

  private static Refusal tooLarge(String what, int bytes, int limit) {
    return new Refusal(
        ProblemCode.SESSION_TOO_LARGE,
        what + " " + bytes + " bytes, more than " + limit + ". Nothing was saved.");
  }
}
