package dev.kinto.client;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The gateway's own {@code /auth} (contract C19, C22). It runs past the application's interceptors,
 * its authenticator and its event listener, so that none of them sees a secret, and follows no
 * redirect, so that none reaches another host. Its exchanges run on a thread of their own: the call
 * that needs one may be cancelled while others wait for it too.
 */
final class AuthEndpoint {
  private final OkHttpClient http;
  private final HttpUrl url;
  private final String clientId;
  private final String clientSecret;

  AuthEndpoint(OkHttpClient http, HttpUrl baseUrl, String clientId, String clientSecret) {
    OkHttpClient.Builder plain =
        http.newBuilder()
            .followRedirects(false)
            .cache(null)
            .authenticator(Authenticator.NONE)
            .eventListener(EventListener.NONE)
            .proxyAuthenticator(new ProxyCredentials(http.proxyAuthenticator()))
            // Not the application's: five calls that wait for a token would fill it.
            .dispatcher(new Dispatcher(threads()));
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

  /** None keeps the process alive, or ends it with an exception of an application's callback. */
  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        5,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "Kinto token");
          thread.setDaemon(true);
          thread.setUncaughtExceptionHandler(
              (failed, e) -> Warnings.log("What the application gave to OkHttp failed", e));
          return thread;
        });
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

  /** Takes the answer to a request for a token, on another thread. */
  interface Reply {
    void granted(Grant grant);

    void failed(IOException failure);
  }

  /** Starts a session. */
  void post(Reply reply) {
    JsonObject client = new JsonObject();
    client.addProperty("clientId", clientId);
    client.addProperty("clientSecret", clientSecret);
    ask(new Request.Builder().url(url).post(new AuthBody(client.toString())).build(), reply);
  }

  /** Exchanges a token for another one of the same session. */
  void put(Token token, Reply reply) {
    ask(authorized(token).put(new AuthBody("")).build(), reply);
  }

  /**
   * Ends a session, on this thread.
   *
   * @return the code with which the gateway refused the token; empty if it ended the session
   */
  String delete(Token token) throws IOException {
    try (Response response = http.newCall(authorized(token).delete().build()).execute()) {
      if (response.isSuccessful()) {
        return "";
      }
      if (response.code() == 401) {
        return ProblemDetails.from(response).map(ProblemDetails::code).orElse("");
      }
      throw refused(response);
    }
  }

  private Request.Builder authorized(Token token) {
    return new Request.Builder()
        .url(url)
        .header(TokenInterceptor.HEADER, "Bearer " + token.value());
  }

  private void ask(Request request, Reply reply) {
    http.newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                reply.failed(e);
              }

              @Override
              public void onResponse(Call call, Response response) {
                Grant grant;
                try (Response closed = response) {
                  grant = grant(closed);
                } catch (IOException e) {
                  reply.failed(e);
                  return;
                }
                reply.granted(grant);
              }
            });
  }

  private Grant grant(Response response) throws IOException {
    if (!response.isSuccessful()) {
      throw refused(response);
    }
    return parse(requireNonNull(response.body()).string())
        .orElseThrow(() -> new IOException("The answer of " + name(response) + " has no token"));
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
        : new ProblemException(
            name(response) + " was refused: " + problem, problem, retryAfterSeconds(response));
  }

  /** The gateway says seconds; a date, which a proxy may say, is read as nothing. */
  private static long retryAfterSeconds(Response response) {
    String said = response.headers("Retry-After").stream().findFirst().orElse("");
    boolean pause = response.code() == 429 || response.code() == 503;
    return pause && said.matches("[0-9]{1,9}") ? Long.parseLong(said) : 0;
  }

  private static String name(Response response) {
    return response.request().method() + " " + response.request().url();
  }
}
