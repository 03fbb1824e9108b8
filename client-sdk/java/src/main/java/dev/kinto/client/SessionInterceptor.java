package dev.kinto.client;

import java.io.IOException;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Gives each call to the gateway a token, and repeats the call with another one where that is right
 * (contract C39). An application interceptor, since those alone may send a call twice.
 */
final class SessionInterceptor implements Interceptor {
  private static final Set<String> TOKEN_REFUSED = Set.of("session-ended", "token-invalid");

  private final Origin gateway;
  private final Tokens tokens;
  private final boolean repeatCalls;

  SessionInterceptor(Origin gateway, Tokens tokens, boolean repeatCalls) {
    this.gateway = gateway;
    this.tokens = tokens;
    this.repeatCalls = repeatCalls;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    if (!gateway.contains(request.url())) {
      // Without the tag of an earlier call, which a request taken from a response would have.
      return chain.proceed(request.newBuilder().tag(CallToken.class, null).build());
    }
    CallToken call = new CallToken(tokens.current());
    Request tagged = request.newBuilder().tag(CallToken.class, call).build();
    Response response = chain.proceed(tagged);
    // Twice: the token may have been replaced, and then the session may have ended too.
    for (int repetitions = 0; repetitions < 2 && refusesToken(response); repetitions++) {
      Token refused = call.get();
      Token next = renewed(refused, response);
      boolean sameSession = next.isOfSameSessionAs(refused);
      if (!isRepeatable(request, response) || !(sameSession || mayChangeSession(request))) {
        return response;
      }
      response.close();
      call.set(next);
      response = chain.proceed(tagged);
      if (!sameSession) {
        return response;
      }
    }
    return response;
  }

  private Token renewed(Token refused, Response response) throws IOException {
    boolean done = false;
    try {
      Token next = tokens.after(refused);
      done = true;
      return next;
    } finally {
      if (!done) {
        response.close();
      }
    }
  }

  /** Whether it was the gateway that refused: a microservice's own 401 is its own affair. */
  private static boolean refusesToken(Response response) throws IOException {
    return response.code() == 401
        && ProblemDetails.from(response)
            .filter(problem -> TOKEN_REFUSED.contains(problem.code()))
            .isPresent();
  }

  private boolean mayChangeSession(Request request) {
    return repeatCalls || request.tag(SessionUse.class) == SessionUse.NONE;
  }

  private static boolean isRepeatable(Request request, Response response) throws IOException {
    RequestBody body = request.body();
    if (body != null && (body.isOneShot() || body.isDuplex())) {
      return false;
    }
    // The session may have ended while the microservice was at work (contract C27).
    return ProblemDetails.from(response).filter(ProblemDetails::upstreamCalled).isEmpty();
  }
}
