package articles;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Helidon handlers, as contract C8 shows them. */
@Microservice("articles")
final class ArticleHandlers {
  ArticleHandlers() {}

  /**
   * Stores an article.
   *
   * @param request its text
   */
  @Api(method = "POST", path = "/articles", title = "Publish an article")
  @ApiHeader(
      group = "Session",
      field = "auth-userId",
      type = "Number",
      description = "logged in user id")
  @ApiHeader(
      group = "Session",
      field = "auth-plan",
      type = "String=\"free\",\"pro\"",
      optional = true,
      defaultValue = "free")
  @ApiHeader(group = "Config", field = "indexUrl", description = "where articles are indexed")
  @ApiSuccess(group = "Session", field = "articles-lastId", type = "Number")
  void publish(ServerRequest request, ServerResponse response) {
    var session = ArticleHandlersSession.Publish.read(headersOf(request));
    ArticleHandlersSession.PublishWriter.to(response::header).articlesLastId(17);
    response.send(wordsFor(session));
  }

  @Api(method = "GET", path = "/articles/{id}", title = "Read an article")
  void read(ServerRequest request, ServerResponse response) {
    response.send("article " + request.path().pathParameters().get("id"));
  }

  @Api(method = "GET", path = "/articles/new")
  static void form(ServerRequest request, ServerResponse response) {
    response.send("form");
  }

  @Api(method = "PURGE", path = "/files/{path*}")
  static void purge(ServerRequest request, ServerResponse response) {
    response.send("purged " + request.path().pathParameters().get("path"));
  }

  @Api(method = "DELETE", path = "/articles/last")
  @ApiSuccess(group = "Session", field = "articles-lastId", type = "Number")
  static void forget(ServerRequest request, ServerResponse response) {
    ArticleHandlersSession.ForgetWriter.to(response::header).clearArticlesLastId();
    response.send();
  }

  /** A signature may mention what is generated from its class. */
  private static String wordsFor(ArticleHandlersSession.Publish session) {
    return session.authUserId() + " " + session.authPlan();
  }

  private static java.util.function.Function<String, String> headersOf(ServerRequest request) {
    return name -> request.headers().first(HeaderNames.create(name)).orElse(null);
  }
}
