package dev.kinto.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The gateway's own {@code /auth} (contract C19, C22). It runs past the application's interceptors,
 * so that none of them can log a secret, and follows no redirect, so that none reaches another
 * host.
 */
final class AuthEndpoint {
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient http;
  private final HttpUrl url;
  private final String clientId;
  private final String clientSecret;

  AuthEndpoint(OkHttpClient http, HttpUrl baseUrl, String clientId, String clientSecret) {
    OkHttpClient.Builder plain = http.newBuilder().followRedirects(false).cache(null);
    plain.interceptors().clear();
    plain.networkInterceptors().clear();
    if (http.callTimeoutMillis() == 0) {
      // Other calls wait for this one.
      plain.callTimeout(30, TimeUnit.SECONDS);
    }
    this.http = plain.build();
    this.url = baseUrl.newBuilder().addPathSegment("auth").build();
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /** A token as {@code /auth} gives it. */
  static final class Grant {
    final String token;
    final long expiresInNanos;

    private Grant(String token, long expiresInNanos) {
      this.token = token;
      this.expiresInNanos = expiresInNanos;
    }
  }

  /** Starts a session. */
  Grant post() throws IOException {
    JsonObject client = new JsonObject();
    client.addProperty("clientId", clientId);
    client.addProperty("clientSecret", clientSecret);
    RequestBody body = RequestBody.create(client.toString(), JSON);
    return grant(new Request.Builder().url(url).post(body).build());
  }

  /** Exchanges a token for another one of the same session. */
  Grant put(Token token) throws IOException {
    RequestBody empty = RequestBody.create(new byte[0]);
    return grant(authorized(token).put(empty).build());
  }

  /** Ends a session; one that ended before is as good. */
  void delete(Token token) throws IOException {
    try (Response response = http.newCall(authorized(token).delete().build()).execute()) {
      if (!response.isSuccessful() && response.code() != 401) {
        throw refused(response);
      }
    }
  }

  private Request.Builder authorized(Token token) {
    return new Request.Builder()
        .url(url)
        .header(TokenInterceptor.HEADER, "Bearer " + token.value());
  }

  private Grant grant(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw refused(response);
      }
      return parse(response.body().string())
          .orElseThrow(() -> new IOException("The answer of " + name(response) + " has no token"));
    }
  }

  private static Optional<Grant> parse(String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      JsonElement token = json.get("token");
      JsonElement expiresIn = json.get("expiresIn");
      if (token == null || expiresIn == null || !Token.isUsable(token.getAsString())) {
        return Optional.empty();
      }
      long nanos = TimeUnit.SECONDS.toNanos(expiresIn.getAsLong());
      return Optional.of(new Grant(token.getAsString(), nanos));
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      // The text may hold a token, and such a cause would quote it.
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private ProblemException refused(Response response) throws IOException {
    ProblemDetails problem =
        ProblemDetails.from(response).orElse(ProblemDetails.unexplained(response.code()));
    return problem.code().equals("client-invalid")
        ? new ClientInvalidException(clientId, problem)
        : new ProblemException(name(response) + " was refused: " + problem, problem);
  }

  private static String name(Response response) {
    return response.request().method() + " " + response.request().url();
  }
}
