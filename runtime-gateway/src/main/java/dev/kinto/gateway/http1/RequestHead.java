package dev.kinto.gateway.http1;

import dev.kinto.gateway.http.HeaderLine;
import java.util.List;
import java.util.OptionalLong;

/**
 * The head of a request as it came over the wire, checked (contract C35). Each character of a text
 * is one byte (ISO 8859-1).
 *
 * @param method the method token
 * @param target the request target, raw, without spaces
 * @param lines the header lines in their order and spelling
 * @param contentLength the length of the body in bytes, 0 without a body, empty if it is chunked
 * @param expectsContinue whether the client waits for 100 Continue before it sends the body
 * @param closes whether the client wants the connection closed after the answer
 * @param host what the client called, unchecked; empty if HTTP/1.0 did not say
 */
public record RequestHead(
    String method,
    String target,
    List<HeaderLine> lines,
    OptionalLong contentLength,
    boolean expectsContinue,
    boolean closes,
    String host) {

  /** Whether a body comes with the request, possibly an empty chunked one. */
  public boolean hasBody() {
    return contentLength.isEmpty() || contentLength.getAsLong() > 0;
  }
}
