package dev.kinto.client;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends the token with a web socket's handshake, and to the gateway only. OkHttp shows handshakes
 * to no network interceptor, and takes their headers along when it follows a redirect; what it asks
 * before each hop is the cookie jar, which therefore stops one that leads elsewhere.
 */
final class WebSocketHandshake implements CookieJar {
  private final GatewayAddress gateway;
  private final Tokens tokens;
  private final CookieJar cookies;
  private final ThreadLocal<Boolean> underWay = ThreadLocal.withInitial(() -> false);

  /** Handshakes of a client with this cookie jar of the application's. */
  WebSocketHandshake(GatewayAddress gateway, Tokens tokens, CookieJar cookies) {
    this.gateway = gateway;
    this.tokens = tokens;
    this.cookies = cookies;
  }

  /** Whether a request begins a web socket (RFC 6455 §4.1). */
  static boolean isOne(Request request) {
    return "websocket".equalsIgnoreCase(request.header("Upgrade"));
  }

  Response proceed(Interceptor.Chain chain, Request request, CallToken call) throws IOException {
    Request bare = request.newBuilder().removeHeader(TokenInterceptor.HEADER).build();
    underWay.set(true);
    Response response;
    try {
      response = chain.proceed(TokenInterceptor.withToken(bare, call.get()));
    } finally {
      underWay.remove();
    }
    return TokenInterceptor.followed(response, tokens, call)
        .newBuilder()
        .request(bare)
        .networkResponse(null)
        .priorResponse(null)
        .build();
  }

  @Override
  public List<Cookie> loadForRequest(HttpUrl url) {
    if (underWay.get() && !gateway.contains(url)) {
      throw unchecked(
          new ProtocolException(
              "A web socket's handshake was redirected from the gateway to " + url));
    }
    return cookies.loadForRequest(url);
  }

  @Override
  public void saveFromResponse(HttpUrl url, List<Cookie> received) {
    cookies.saveFromResponse(url, received);
  }

  /** As what it is, though the interface declares none: OkHttp fails the call with it. */
  @SuppressWarnings("unchecked") // The type variable is the compiler's only.
  private static <E extends Throwable> RuntimeException unchecked(IOException e) throws E {
    throw (E) e;
  }
}
