package dev.kinto.gateway.trial;

import dev.kinto.gateway.trial.Operation.Kind;
import java.util.Map;

/**
 * What a client asks for.
 *
 * @param line method and target
 * @param token empty: none is sent
 * @param values of a write: register to value
 */
record Request(Kind kind, String line, String token, String body, Map<String, String> values) {
  static final String CLIENT = "trial";
  static final String SECRET = "a secret of the trials alone";

  Request {
    values = Map.copyOf(values);
  }

  static Request begin() {
    String body = "{\"clientId\":\"" + CLIENT + "\",\"clientSecret\":\"" + SECRET + "\"}";
    return new Request(Kind.BEGIN, "POST /auth", "", body, Map.of());
  }

  static Request read(String token) {
    return new Request(Kind.READ, "GET /register/all", token, "", Map.of());
  }

  static Request write(String token, String register, String value) {
    String line = "PUT /register/" + register + "?value=" + value;
    return new Request(Kind.WRITE, line, token, "", Map.of(register, value));
  }

  static Request login(String token, String value) {
    String line = "POST /register/login?value=" + value;
    return new Request(Kind.LOGIN, line, token, "", Map.of("one", value));
  }

  static Request rotate(String token) {
    return new Request(Kind.ROTATE, "PUT /auth", token, "", Map.of());
  }

  static Request end(String token) {
    return new Request(Kind.END, "DELETE /auth", token, "", Map.of());
  }

  /** Whether a balancer may send it again (RFC 9110 section 9.2.2). */
  boolean idempotent() {
    return !line.startsWith("POST");
  }

  String headers() {
    return (token.isEmpty() ? "" : "Kinto-Authorization: Bearer " + token + "\r\n")
        + (body.isEmpty() ? "" : "Content-Type: application/json\r\n");
  }
}
