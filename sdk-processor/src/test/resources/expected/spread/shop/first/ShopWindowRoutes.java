package shop.first;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.annotation.processing.Generated;
import shop.second.Second;

/**
 * Registers the routes of the microservice {@code shop-window} with Helidon, and serves its manifest.
 */
@Generated("dev.kinto.processor.KintoProcessor")
public final class ShopWindowRoutes implements HttpService {
  private final First<?> first;

  private final First.Inner inner;

  private final Second second;

  /**
   * Takes the handlers, whose routes it will register.
   */
  public ShopWindowRoutes(First<?> first, First.Inner inner, Second second) {
    this.first = first;
    this.inner = inner;
    this.second = second;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/.well-known/kinto-manifest.json", ShopWindowRoutes::manifest);
    rules.get("/", first::home);
    rules.head("/", first::home);
    rules.put("/a\\*b/{id}", second::star);
    rules.options("/inner/{id}/options", inner::options);
  }

  private static void manifest(ServerRequest request, ServerResponse response) throws IOException {
    try (InputStream manifest = ShopWindowRoutes.class.getResourceAsStream("/META-INF/kinto/shop-window.json")) {
      Objects.requireNonNull(manifest, "META-INF/kinto/shop-window.json");
      response.header("Content-Type", "application/json");
      response.send(manifest.readAllBytes());
    }
  }
}
