package dev.kinto.gateway.http;

import java.util.List;
import java.util.OptionalLong;

/**
 * Status and header fields of an answer. The framing fields are not among them: the response writes
 * its own (contract C35).
 *
 * @param status the status code, 200 to 599, or 101 where the client asked for another protocol
 * @param reason the reason phrase, which may be empty
 * @param headers the header lines, without Content-Length, Transfer-Encoding and Connection
 * @param contentLength the length that Content-Length announces, if it is known; for HEAD and 304
 *     the length that a GET would have
 */
public record ResponseHead(
    int status, String reason, List<HeaderLine> headers, OptionalLong contentLength) {

  /** Whether what follows is no HTTP any more (RFC 9110, section 15.2.2). */
  public boolean switchesProtocols() {
    return status == 101;
  }

  /**
   * Whether an answer of this status has no body, whatever the method (RFC 9110, section 6.4.1).
   */
  public boolean bodiless() {
    return status == 204 || status == 304;
  }
}
