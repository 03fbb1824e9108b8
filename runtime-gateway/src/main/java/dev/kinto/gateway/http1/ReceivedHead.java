package dev.kinto.gateway.http1;

import dev.kinto.gateway.http.HeaderLine;
import java.util.List;
import java.util.OptionalLong;

/**
 * The head of an answer as it came over the wire, checked (contract C35). Each character of a text
 * is one byte (ISO 8859-1).
 *
 * @param status the status code, 100 to 599
 * @param reason the reason phrase, which may be empty
 * @param lines the header lines in their order and spelling
 * @param contentLength the announced length, if there is one
 * @param chunked whether the body, if one follows, is chunked
 * @param closes whether the connection ends with the answer
 * @param keepAlive the value of {@code Keep-Alive}; empty without
 */
public record ReceivedHead(
    int status,
    String reason,
    List<HeaderLine> lines,
    OptionalLong contentLength,
    boolean chunked,
    boolean closes,
    String keepAlive) {

  /** Whether another answer follows (RFC 9110, section 15.2). */
  public boolean interim() {
    return status < 200 && !switchesProtocols();
  }

  /** Whether what follows is no HTTP any more (RFC 9110, section 15.2.2). */
  public boolean switchesProtocols() {
    return status == 101;
  }
}
