package dev.kinto.gateway;

import dev.kinto.gateway.http.ClientBodyException;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an application says of itself to obtain a token (contract C22).
 *
 * @param clientId its id
 * @param secret its secret
 * @param cookie whether it wants the token in a cookie (contract C39b)
 */
record ClientCredentials(String clientId, String secret, boolean cookie) {
  private static final int MAX_BODY = 8 * 1024;
  private static final String MEDIA_TYPE = "application/json";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads the body of {@code POST /auth}.
   *
   * @throws Refusal media-type, body-too-large or malformed-request
   */
  static ClientCredentials read(ClientRequest request) {
    checkMediaType(request);
    JsonNode json = parse(body(request));
    return new ClientCredentials(
        text(json, "clientId"), text(json, "clientSecret"), flag(json, "cookie"));
  }

  private static void checkMediaType(ClientRequest request) {
    String contentType = String.join(", ", request.values("content-type"));
    int semicolon = contentType.indexOf(';');
    String mediaType = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    if (!mediaType.strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
      throw new Refusal(
          ProblemCode.MEDIA_TYPE,
          "Send the body as " + MEDIA_TYPE + ". Found: \"" + contentType + "\"");
    }
  }

  private static byte[] body(ClientRequest request) {
    if (request.contentLength().orElse(0) > MAX_BODY) {
      throw tooLarge(); // before a client that waits for 100 Continue is told to send
    }
    try {
      byte[] body = request.body().open().readNBytes(MAX_BODY + 1);
      if (body.length > MAX_BODY) {
        throw tooLarge();
      }
      return body;
    } catch (ClientBodyException e) {
      throw e.refusal();
    } catch (IOException e) {
      throw new Refusal(ProblemCode.REQUEST_INVALID, "The body could not be read.", e);
    }
  }

  private static Refusal tooLarge() {
    return new Refusal(
        ProblemCode.BODY_TOO_LARGE, "The body has more than " + MAX_BODY + " bytes.");
  }

  /** JSON between systems is UTF-8 (RFC 8259, section 8.1); Jackson would guess at others. */
  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (JacksonException | CharacterCodingException e) {
      throw malformed();
    }
  }

  private static String text(JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (!value.isString()) {
      throw malformed();
    }
    return value.stringValue();
  }

  private static boolean flag(JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw malformed();
    }
    return value.asBoolean(false);
  }

  private static Refusal malformed() {
    return new Refusal(
        ProblemCode.MALFORMED_REQUEST,
        "The body must be {\"clientId\": \"...\", \"clientSecret\": \"...\"}, and may say"
            + " \"cookie\": true.");
  }

  @Override
  public String toString() {
    return "ClientCredentials[" + clientId + "]";
  }
}
