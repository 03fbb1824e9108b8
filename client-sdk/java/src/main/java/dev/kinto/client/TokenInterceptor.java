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

  private final Origin gateway;
  private final Tokens tokens;

  TokenInterceptor(Origin gateway, Tokens tokens) {
    this.gateway = gateway;
    this.tokens = tokens;
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
    Token sent = call.get();
    Response response =
        chain.proceed(bare.newBuilder().header(HEADER, "Bearer " + sent.value()).build());
    String rotated = response.header(ROTATED);
    if (rotated != null && Token.isUsable(rotated)) {
      call.set(tokens.follow(sent, rotated));
    }
    // What the application gets shows neither token.
    return response.newBuilder().request(bare).removeHeader(ROTATED).build();
  }
}
