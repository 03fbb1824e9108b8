package dev.kinto.gateway.upstream;

import dev.kinto.gateway.wire.ClientRequest;
import dev.kinto.gateway.wire.HeaderLine;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Makes a request as HttpCore sends it, with its framing written anew (contract C35). */
final class OutboundMessage {
  private OutboundMessage() {}

  static ClassicHttpRequest of(
      UpstreamRequest request, String authority, @Nullable ClientBodyEntity body) {
    ClientRequest client = request.client();
    ClassicHttpRequest message = new BasicClassicHttpRequest(client.method(), request.target());
    message.addHeader("Host", authority);
    for (HeaderLine line : request.headers()) {
      message.addHeader(line.name(), line.value());
    }
    if (request.upgrade()) {
      message.addHeader("Connection", "Upgrade");
      message.addHeader("Upgrade", "websocket");
    }
    if (body != null) {
      OptionalLong length = client.contentLength();
      if (length.isPresent()) {
        message.addHeader("Content-Length", Long.toString(length.getAsLong()));
      } else {
        message.addHeader("Transfer-Encoding", "chunked");
      }
      if (client.expectsContinue()) {
        message.addHeader("Expect", "100-continue");
      }
      message.setEntity(body);
    } else if (announcesNoBody(client.method())) {
      message.addHeader("Content-Length", "0");
    }
    return message;
  }

  /** Methods for which servers ask for a length even where there is no body (RFC 9110, 8.6). */
  private static boolean announcesNoBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }
}
