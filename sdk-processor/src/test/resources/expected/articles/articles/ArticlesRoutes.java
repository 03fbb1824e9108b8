package articles;

import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Registers the routes of the microservice {@code articles} with Helidon, and serves its manifest.
 */
@Generated("dev.kinto.processor.KintoProcessor")
final class ArticlesRoutes implements HttpService {
  private final ArticleHandlers articleHandlers;

  /**
   * Takes the handlers, whose routes it will register.
   */
  ArticlesRoutes(ArticleHandlers articleHandlers) {
    this.articleHandlers = articleHandlers;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/.well-known/kinto-manifest.json", ArticlesRoutes::manifest);
    rules.post("/articles", articleHandlers::publish);
    rules.delete("/articles/last", ArticleHandlers::forget);
    rules.get("/articles/new", ArticleHandlers::form);
    rules.head("/articles/new", ArticleHandlers::form);
    rules.get("/articles/{id}", articleHandlers::read);
    rules.head("/articles/{id}", articleHandlers::read);
    rules.route(Method.create("PURGE"), PathMatchers.create("/files/{+path}"), ArticleHandlers::purge);
  }

  private static void manifest(ServerRequest request, ServerResponse response) throws IOException {
    try (InputStream manifest = ArticlesRoutes.class.getResourceAsStream("/META-INF/kinto/articles.json")) {
      Objects.requireNonNull(manifest, "META-INF/kinto/articles.json");
      response.header("Content-Type", "application/json");
      response.send(manifest.readAllBytes());
    }
  }
}
