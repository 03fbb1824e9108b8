package dev.kinto.client;

import com.sun.net.httpserver.Headers;

/** What {@link FakeGateway} was sent. */
record FakeRequest(String method, String target, Headers headers, String body) {

  /** The token; empty if there is none. */
  String token() {
    String authorization = headers.getFirst("Kinto-Authorization");
    return authorization == null ? "" : authorization.replace("Bearer ", "");
  }
}
