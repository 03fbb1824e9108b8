package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static dev.kinto.gateway.RequestText.request;

import java.io.IOException;
import java.net.URI;
import java.util.stream.Stream;

/** Short ways to call a gateway: each call has a connection of its own, over HTTP/1.1. */
interface GatewayCalls {

  /** Where applications call. */
  URI api();

  /** Where public addresses answer. */
  URI publicApi();

  default RawClient connect() throws IOException {
    return RawClient.to(api());
  }

  default RawClient connectPublic() throws IOException {
    return RawClient.to(publicApi());
  }

  /** The answer to a request of any text. */
  default RawAnswer exchange(String request) throws IOException {
    try (RawClient client = connect()) {
      return client.exchange(request);
    }
  }

  /** The answer to {@code GET /target} with a token. */
  default RawAnswer get(String target, String token) throws IOException {
    return send("GET " + target, token);
  }

  /** The answer to {@code METHOD /target} with a token, and with more whole header lines. */
  default RawAnswer send(String methodAndTarget, String token, String... lines) throws IOException {
    String[] all = Stream.concat(Stream.of(bearer(token)), Stream.of(lines)).toArray(String[]::new);
    return sendBare(methodAndTarget, all);
  }

  /** The answer to {@code METHOD /target} with these whole header lines, without a token. */
  default RawAnswer sendBare(String methodAndTarget, String... lines) throws IOException {
    return exchange(request(methodAndTarget, lines));
  }

  /** The same on the public listener. */
  default RawAnswer sendPublic(String methodAndTarget, String... lines) throws IOException {
    try (RawClient client = connectPublic()) {
      return client.exchange(request(methodAndTarget, lines));
    }
  }

  /** A new token of {@value TestGateway#CLIENT}, by a real {@code POST /auth}. */
  default String token() throws IOException {
    return token(TestGateway.CLIENT, TestGateway.SECRET);
  }

  /** A new token of a client. */
  default String token(String clientId, String secret) throws IOException {
    RawAnswer answer = issue(clientId, secret);
    if (answer.status() != 200) {
      throw new AssertionError("POST /auth gave " + answer);
    }
    return answer.json().path("token").stringValue();
  }

  /** The answer to {@code POST /auth}. */
  default RawAnswer issue(String clientId, String secret) throws IOException {
    String body = "{\"clientId\":\"" + clientId + "\",\"clientSecret\":\"" + secret + "\"}";
    try (TextClient client = client()) {
      return client.exchange(
          request(
                  "POST /auth",
                  "Content-Type: application/json",
                  "Content-Length: " + body.length())
              + body);
    }
  }

  /** A client that speaks what the gateway was built for. */
  default TextClient client() throws IOException {
    return connect();
  }
}
