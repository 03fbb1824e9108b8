package dev.kinto.client;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Puts the token on the wire, and takes a new one off it (contract C28). A network interceptor,
 * since those alone see each hop of a redirected call: OkHttp carries headers from hop to hop,
 * whatever the host, and shows the application the last answer only.
 */
final class TokenInterceptor implements Interceptor {
  static final String HEADER = "Kinto-Authorization";
  private static final String ROTATED = "Kinto-Token";

  private final GatewayAddress gateway;
  private final Tokens tokens;

  TokenInterceptor(GatewayAddress gateway, Tokens tokens) {
    this.gateway = gateway;
    this.tokens = tokens;
  }

  static Request withToken(Request request, Token token) {
    return request.newBuilder().header(HEADER, "Bearer " + token.value()).build();
  }

  /** Takes over a new token, and gives the answer without it. */
  static Response followed(Response response, Tokens tokens, CallToken call) {
    String rotated = response.header(ROTATED);
    if (rotated != null && Token.isUsable(rotated)) {
      tokens.follow(call, rotated);
    }
    return response.newBuilder().removeHeader(ROTATED).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    CallToken call = request.tag(CallToken.class);
    if (call == null) {
      return chain.proceed(request);
    }
    Request bare = request.newBuilder().removeHeader(HEADER).build();
    if (!gateway.contains(request.url())) {
      return chain.proceed(bare);
    }
    Response response = send(chain, withToken(bare, call.get()), call);
    // What the application gets shows neither token.
    return followed(response, tokens, call).newBuilder().request(bare).build();
  }

  private Response send(Chain chain, Request request, CallToken call) throws IOException {
    boolean answered = false;
    try {
      Response response = chain.proceed(request);
      answered = true;
      return response;
    } finally {
      if (!answered) {
        tokens.answerIsLost(call);
      }
    }
  }
}
