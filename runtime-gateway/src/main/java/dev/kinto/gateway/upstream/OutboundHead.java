package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http1.MessageWriter;
import java.util.OptionalLong;

/** Writes the head of a request to an upstream, with its framing written anew (contract C35). */
final class OutboundHead {
  /** What a head has besides target, host and header lines, at most, but for long methods. */
  private static final int REST = 128;

  private OutboundHead() {}

  /**
   * The head.
   *
   * @param authority what {@code Host} says
   */
  static MessageWriter of(UpstreamRequest request, String authority) {
    ClientRequest client = request.client();
    int length = request.target().length() + authority.length() + REST;
    MessageWriter out = new MessageWriter(length + MessageWriter.lengthOf(request.headers()));
    out.requestLine(client.method(), request.target());
    out.line("Host", authority);
    for (HeaderLine line : request.headers()) {
      out.line(line);
    }
    if (request.upgrade()) {
      out.line("Connection", "Upgrade");
      out.line("Upgrade", "websocket");
    }
    if (client.hasBody()) {
      framing(client, out);
    } else if (announcesNoBody(client.method())) {
      out.contentLength(0);
    }
    out.endLine();
    return out;
  }

  private static void framing(ClientRequest client, MessageWriter out) {
    OptionalLong length = client.contentLength();
    if (length.isPresent()) {
      out.contentLength(length.getAsLong());
    } else {
      out.chunked();
    }
    if (client.expectsContinue()) {
      out.line("Expect", "100-continue");
    }
  }

  /** Methods for which servers ask for a length even where there is no body (RFC 9110, 8.6). */
  private static boolean announcesNoBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }
}
