package dev.kinto.client;

import java.io.IOException;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Gives each call to the gateway a token, and repeats the call with another one where that is right
 * (contract C39). An application interceptor, since those alone may send a call twice.
 */
final class SessionInterceptor implements Interceptor {
  private static final String REPLACED = "token-replaced";
  private static final Set<String> TOKEN_REFUSED =
      Set.of(REPLACED, "session-ended", "token-invalid");

  /** The methods of RFC 9110 §9.2.1 that change nothing: no login has one. */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** Each repetition has a newer token; so many logins while one call is tried are a mistake. */
  private static final int MOST_REPETITIONS = 20;

  private final GatewayAddress gateway;
  private final Tokens tokens;
  private final WebSocketHandshake webSocket;
  private final boolean repeatCalls;

  SessionInterceptor(
      GatewayAddress gateway, Tokens tokens, WebSocketHandshake webSocket, boolean repeatCalls) {
    this.gateway = gateway;
    this.tokens = tokens;
    this.webSocket = webSocket;
    this.repeatCalls = repeatCalls;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    if (!gateway.contains(request.url())) {
      // Without the tag of an earlier call, which a request taken from a response would have.
      return chain.proceed(request.newBuilder().tag(CallToken.class, null).build());
    }
    CallWait wait = CallWait.of(chain.call());
    CallToken call = tokens.begins(!SAFE.contains(request.method()), wait);
    Request tagged = request.newBuilder().tag(CallToken.class, call).build();
    boolean newSession = false;
    for (int repetition = 0; ; repetition++) {
      Response response = proceed(chain, tagged, call);
      String refusal = refusalOfToken(response);
      if (refusal == null
          || repetition == MOST_REPETITIONS
          || (newSession && !refusal.equals(REPLACED))) {
        return response;
      }
      Token next = next(call, refusal, wait, response);
      if (next == null || !isRepeatable(request, response, refusal)) {
        return response;
      }
      if (!next.isOfSameSessionAs(call.get())) {
        if (newSession || !mayChangeSession(request)) {
          return response;
        }
        newSession = true;
      }
      response.close();
      tokens.beginsAgain(call, next);
    }
  }

  private Response proceed(Chain chain, Request tagged, CallToken call) throws IOException {
    try {
      return WebSocketHandshake.isOne(tagged)
          ? webSocket.proceed(chain, tagged, call)
          : chain.proceed(tagged);
    } finally {
      tokens.ends(call);
    }
  }

  private @Nullable Token next(CallToken call, String refusal, CallWait wait, Response response)
      throws IOException {
    boolean done = false;
    try {
      Token next = tokens.after(call, refusal, wait);
      done = true;
      return next;
    } finally {
      if (!done) {
        response.close();
      }
    }
  }

  /**
   * Why the gateway refused the token; null if it did not. A microservice's own 401 is its own
   * affair, and so is that of another host, to which a call was redirected.
   */
  @Nullable String refusalOfToken(Response response) throws IOException {
    if (response.code() != 401 || !gateway.contains(response.request().url())) {
      return null;
    }
    return ProblemDetails.from(response)
        .map(ProblemDetails::code)
        .filter(TOKEN_REFUSED::contains)
        .orElse(null);
  }

  private boolean mayChangeSession(Request request) {
    return repeatCalls || request.tag(SessionUse.class) == SessionUse.NONE;
  }

  private static boolean isRepeatable(Request request, Response response, String refusal)
      throws IOException {
    RequestBody body = request.body();
    if (body != null && (body.isOneShot() || body.isDuplex())) {
      return false;
    }
    // The session may have ended, or a login replaced the token, while the microservice was at work
    // (contract C27, C28). Only what reads is made twice, and only in the same session.
    return (refusal.equals(REPLACED) && SAFE.contains(request.method()))
        || ProblemDetails.from(response).filter(ProblemDetails::upstreamCalled).isEmpty();
  }
}
