package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;

/** A running gateway that keeps its sessions, and its addresses. */
record KeptGateway(KintoProcess process, URI api, URI admin) implements AutoCloseable {
  static final String SECRET = "the-secret-of-the-client";

  static KeptGateway of(KintoProcess process) throws IOException {
    URI api = process.address("api");
    process.address("public");
    return new KeptGateway(process, api, process.address("admin"));
  }

  RawAnswer send(String methodAndTarget, String token) throws IOException {
    try (RawClient client = RawClient.to(api)) {
      return client.exchange(
          methodAndTarget
              + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nKinto-Authorization: Bearer "
              + token
              + "\r\n\r\n");
    }
  }

  RawAnswer issue() throws IOException {
    String body = "{\"clientId\":\"web\",\"clientSecret\":\"" + SECRET + "\"}";
    try (RawClient client = RawClient.to(api)) {
      return client.exchange(
          "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }
  }

  String token() throws IOException {
    return issue().json().path("token").stringValue();
  }

  void set(String token, String value) throws IOException {
    RawAnswer answer = send("POST /auth/set?" + value, token);
    assertEquals(200, answer.status(), answer.toString());
  }

  String seen(String token) throws IOException {
    RawAnswer answer = send("GET /auth/see", token);
    return answer.header("x-seen").orElse(answer.toString());
  }

  RawAnswer health() throws IOException {
    try (RawClient client = RawClient.to(admin)) {
      return client.exchange("GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
