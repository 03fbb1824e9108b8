package dev.kinto.gateway.http;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A request as the client sent it: nothing decoded, nothing normalised.
 *
 * @param method the method token
 * @param target the request target, path and query, raw
 * @param headers all header lines
 * @param body the request body; empty for a request without one
 * @param contentLength the length of the body in bytes, 0 without a body, empty if it is chunked
 * @param maxBodySize the greatest length that the listener accepts; empty: any
 * @param expectsContinue whether the client waits for 100 Continue before it sends the body
 * @param caller who called, and what
 * @param serverName the host name that the TLS handshake asked for, in lower case; empty without
 * @param watch tells if the client goes away
 * @param tunnel what the client sends behind this request, once it is switched to another protocol
 */
public record ClientRequest(
    String method,
    String target,
    List<HeaderLine> headers,
    RequestBody body,
    OptionalLong contentLength,
    OptionalLong maxBodySize,
    boolean expectsContinue,
    Caller caller,
    Optional<String> serverName,
    ClientWatch watch,
    InputStream tunnel) {
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

  /** The value of the first line of this name, given in lower case. */
  public Optional<String> header(String lowerCaseName) {
    for (HeaderLine line : headers) {
      if (line.lowerCaseName().equals(lowerCaseName)) {
        return Optional.of(line.value());
      }
    }
    return Optional.empty();
  }

  /**
   * The value of a field, given in lower case, that has one line only.
   *
   * @throws Refusal request-invalid if there are several: one would be judged, and all sent on
   */
  public Optional<String> only(String lowerCaseName) {
    Optional<String> only = Optional.empty();
    for (HeaderLine line : headers) {
      if (line.lowerCaseName().equals(lowerCaseName)) {
        if (only.isPresent()) {
          throw new Refusal(
              ProblemCode.REQUEST_INVALID, "The header " + line.name() + " may be sent once.");
        }
        only = Optional.of(line.value());
      }
    }
    return only;
  }

  /** The values of all lines of this name, given in lower case. */
  public List<String> values(String lowerCaseName) {
    List<String> values = new ArrayList<>(1);
    for (HeaderLine line : headers) {
      if (line.lowerCaseName().equals(lowerCaseName)) {
        values.add(line.value());
      }
    }
    return values;
  }

  /** The elements of all lines of a field that is a list, by its lower-case name. */
  public List<String> elements(String lowerCaseName) {
    List<String> elements = new ArrayList<>();
    for (HeaderLine line : headers) {
      if (line.lowerCaseName().equals(lowerCaseName)) {
        elements.addAll(ListField.split(line.value()));
      }
    }
    return elements;
  }

  /**
   * The same request, without the body that it seems to have if there is no byte in it: over HTTP/2
   * a request may end after its head, by an empty frame. It is waited for where the method has no
   * use for a body (RFC 9110, section 9.3); elsewhere the client may wait for an answer first.
   *
   * @throws Refusal if the body cannot be read
   */
  public ClientRequest withoutEmptyBody() {
    try {
      boolean empty =
          contentLength.isEmpty()
              && !expectsContinue
              && WITHOUT_BODY.contains(method)
              && body.isEmpty();
      return empty ? with(RequestBody.none(), OptionalLong.of(0), caller) : this;
    } catch (ClientBodyException e) {
      throw e.refusal();
    } catch (IOException e) {
      throw new ClientBodyException("it broke off").refusal();
    }
  }

  /** The same request of somebody else. */
  ClientRequest calledBy(Caller other) {
    return with(body, contentLength, other);
  }

  private ClientRequest with(RequestBody newBody, OptionalLong newLength, Caller newCaller) {
    return new ClientRequest(
        method,
        target,
        headers,
        newBody,
        newLength,
        maxBodySize,
        expectsContinue,
        newCaller,
        serverName,
        watch,
        tunnel);
  }

  /**
   * Checks the announced length. A body that announces none is counted while it is read.
   *
   * @throws Refusal body-too-large
   */
  public void requireBodySize() {
    long max = maxBodySize.orElse(Long.MAX_VALUE);
    if (contentLength.isPresent() && contentLength.getAsLong() > max) {
      throw ClientBodyException.tooLarge(max).refusal();
    }
  }

  /** Whether a body comes with the request, possibly an empty chunked one. */
  public boolean hasBody() {
    return contentLength.isEmpty() || contentLength.getAsLong() > 0;
  }
}
