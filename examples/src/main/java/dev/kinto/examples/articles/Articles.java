package dev.kinto.examples.articles;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiBody;
import dev.kinto.annotations.ApiError;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiParam;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import dev.kinto.examples.ExampleServer;
import dev.kinto.examples.Json;
import dev.kinto.examples.RequestHeaders;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lists and publishes articles. It never sees a password or a token: who is logged in stands in the
 * session fields that its routes declare, and the gateway vouches for them.
 */
@Microservice("articles")
final class Articles {
  private record Article(long id, String title, String author) {}

  private record Draft(@Nullable String title) {}

  private record Reader(String userId, @Nullable String username) {}

  private record Page(List<Article> articles, Reader reader) {}

  /** How long an event stream says nothing. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final List<Article> articles =
      new CopyOnWriteArrayList<>(
          List.of(
              new Article(1, "Hello, Kinto", "KintoUser"),
              new Article(2, "Notes on the engine", "Ada")));

  public static void main(String... args) {
    ExampleServer.start("articles", new ArticlesRoutes(new Articles()), args);
  }

  @Api(method = "GET", path = "/articles", title = "List all articles")
  @ApiHeader(group = "Session", field = "auth-userId", description = "logged in user id")
  @ApiHeader(
      group = "Session",
      field = "auth-username",
      optional = true,
      description = "their name")
  @ApiSuccess(field = "articles", type = "Object[]")
  @ApiSuccess(field = "reader", type = "Object", description = "who asked")
  void list(ServerRequest request, ServerResponse response) {
    // Typed as declared: a String that is there, and an Optional.
    ArticlesSession.List session = ArticlesSession.List.read(RequestHeaders.of(request));
    Reader reader = new Reader(session.authUserId(), session.authUsername().orElse(null));
    Json.send(response, new Page(articles, reader));
  }

  /**
   * An event stream. Who comes again names the last event that arrived, and gets those behind it.
   */
  @Api(method = "GET", path = "/articles/events", title = "Follow the articles")
  @ApiHeader(group = "Session", field = "auth-userId", description = "logged in user id")
  void follow(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    String last = request.headers().first(HeaderNames.create("Last-Event-ID")).orElse("");
    int seen = last.matches("\\d{1,9}") ? Integer.parseInt(last) : 0;
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    try (OutputStream stream = response.outputStream()) {
      // The first words go at once, so that the client knows that it is heard.
      String event = "retry: 1000\n\n";
      while (true) {
        stream.write(event.getBytes(StandardCharsets.UTF_8));
        stream.flush();
        // A comment now and then finds out who has gone.
        event = ": nothing new\n\n";
        if (awaitMoreThan(seen)) {
          event = "id: %d\ndata: %s\n\n".formatted(seen + 1, Json.text(articles.get(seen)));
          seen++;
        }
      }
    }
  }

  private synchronized boolean awaitMoreThan(int seen) throws InterruptedException {
    long end = System.nanoTime() + QUIET.toNanos();
    while (articles.size() <= seen && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
    return articles.size() > seen;
  }

  @Api(method = "GET", path = "/articles/last", title = "Show what this session published last")
  @ApiHeader(group = "Session", type = "Number", field = "articles-lastId", description = "its id")
  @ApiSuccess(field = "id", type = "Number")
  @ApiSuccess(field = "title")
  @ApiSuccess(field = "author")
  void last(ServerRequest request, ServerResponse response) {
    long id = ArticlesSession.Last.read(RequestHeaders.of(request)).articlesLastId();
    sendArticle(Long.toString(id), response);
  }

  /** Reads nothing from the session, so the public listener may show it to everybody. */
  @Api(method = "GET", path = "/articles/{id}", title = "Show one article")
  @ApiParam(field = "id", type = "Number")
  @ApiSuccess(field = "id", type = "Number")
  @ApiSuccess(field = "title")
  @ApiSuccess(field = "author")
  @ApiError(group = "404", field = "error", description = "there is no such article")
  void show(ServerRequest request, ServerResponse response) {
    sendArticle(request.path().pathParameters().get("id"), response);
  }

  private void sendArticle(String id, ServerResponse response) {
    for (Article article : articles) {
      if (Long.toString(article.id()).equals(id)) {
        Json.send(response, article);
        return;
      }
    }
    Json.sendError(response, 404, "no such article");
  }

  @ApiBody(field = "title")
  @ApiSuccess(group = "201", field = "id", type = "Number")
  @ApiSuccess(group = "201", field = "title")
  @ApiSuccess(group = "201", field = "author")
  @Api(method = "POST", path = "/articles", title = "Publish an article")
  @ApiHeader(group = "Session", field = "auth-userId", description = "logged in user id")
  @ApiHeader(group = "Session", field = "auth-username", description = "name of the author")
  @ApiSuccess(
      group = "Session",
      type = "Number",
      field = "articles-lastId",
      description = "id of the article published last")
  synchronized void publish(ServerRequest request, ServerResponse response) {
    String title = Json.read(request, Draft.class).title();
    if (title == null || title.isEmpty()) {
      Json.sendError(response, 400, "an article needs a title");
      return;
    }
    ArticlesSession.Publish session = ArticlesSession.Publish.read(RequestHeaders.of(request));
    Article article = new Article(articles.size() + 1, title, session.authUsername());
    articles.add(article);
    notifyAll();
    ArticlesSession.PublishWriter.to(response::header).articlesLastId(article.id());
    response.status(201).header("Location", "/articles/" + article.id());
    Json.send(response, article);
  }

  /** A webhook: its callers have neither token nor session. */
  @Api(method = "POST", path = "/hooks/published", title = "Take a notice from outside")
  @ApiSuccess(group = "202", field = "received", type = "Boolean")
  void published(ServerRequest request, ServerResponse response) {
    response.status(202);
    Json.send(response, Map.of("received", true));
  }

  @Api(method = "GET", path = "/echo", title = "Show what the service was sent")
  @ApiHeader(group = "Session", field = "auth-userId", optional = true, description = "user id")
  @ApiSuccess(field = "headers", type = "Object", description = "all request headers")
  void echo(ServerRequest request, ServerResponse response) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : request.headers()) {
      headers.put(header.name(), String.join(", ", header.allValues()));
    }
    Json.send(response, Map.of("headers", headers));
  }
}
