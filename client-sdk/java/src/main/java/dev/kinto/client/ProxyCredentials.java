package dev.kinto.client;

import java.io.IOException;
import okhttp3.Authenticator;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application for its proxy's credentials without showing it what was sent to {@code
 * /auth}: of what it answers only these credentials are taken over.
 */
final class ProxyCredentials implements Authenticator {
  private static final String HEADER = "Proxy-Authorization";

  private final Authenticator application;

  ProxyCredentials(Authenticator application) {
    this.application = application;
  }

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response)
      throws IOException {
    Request sent = response.request();
    Request.Builder shown = new Request.Builder().url(sent.url());
    if (sent.method().equals("CONNECT")) {
      shown = sent.newBuilder();
    } else if (sent.header(HEADER) != null) {
      shown.header(HEADER, sent.header(HEADER));
    }
    Request answer =
        application.authenticate(
            route,
            response
                .newBuilder()
                .request(shown.build())
                .networkResponse(null)
                .priorResponse(null)
                .build());
    String credentials = answer == null ? null : answer.header(HEADER);
    return credentials == null ? null : sent.newBuilder().header(HEADER, credentials).build();
  }
}
