package dev.kinto.examples.auth;

import io.helidon.webserver.http.HttpService;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The example login for the tests of other packages. */
public final class AuthService {
  private AuthService() {}

  public static HttpService routes() {
    return new AuthRoutes(new Auth());
  }

  /** The manifest's file. */
  public static String manifest() throws URISyntaxException {
    URI file = Auth.class.getResource("/META-INF/kinto/auth.json").toURI();
    return Path.of(file).toString();
  }
}
