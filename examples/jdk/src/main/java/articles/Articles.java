package articles;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The microservice "articles" on the JDK's own HTTP server: all there is of it. */
@Microservice("articles")
public final class Articles {
  private final List<String> articles = new CopyOnWriteArrayList<>();

  @Api(method = "POST", path = "/articles", title = "Publish an article")
  @ApiHeader(group = "Session", field = "auth-userId", description = "logged in user id")
  @ApiHeader(group = "Session", field = "auth-username", description = "name of the author")
  @ApiSuccess(
      group = "Session",
      type = "Number",
      field = "articles-lastId",
      description = "id of the article published last")
  void publish(HttpExchange exchange) throws IOException {
    var session = ArticlesSession.Publish.read(exchange.getRequestHeaders()::getFirst);
    String title = new String(exchange.getRequestBody().readAllBytes(), "UTF-8");
    articles.add(title + " (" + session.authUsername() + ")\n");
    var writer = ArticlesSession.PublishWriter.to(exchange.getResponseHeaders()::set);
    writer.articlesLastId(articles.size());
    answer(exchange, 201, title + "\n");
  }

  @Api(method = "GET", path = "/articles", title = "List all articles")
  void list(HttpExchange exchange) throws IOException {
    answer(exchange, 200, String.join("", articles));
  }

  /** Where a gateway whose configuration names no manifest asks for it. */
  static void manifest(HttpExchange exchange) throws IOException {
    try (InputStream json = Articles.class.getResourceAsStream("/META-INF/kinto/articles.json")) {
      answer(exchange, 200, new String(json.readAllBytes(), "UTF-8"));
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes("UTF-8");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  public static void main(String... args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9002"));
    // Only the gateway shall reach it: whoever else could would choose the session headers.
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    Articles articles = new Articles();
    server.createContext(
        "/articles",
        exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            articles.publish(exchange);
          } else {
            articles.list(exchange);
          }
        });
    server.createContext("/.well-known/kinto-manifest.json", Articles::manifest);
    server.start();
    System.out.println("articles listening on http://127.0.0.1:" + server.getAddress().getPort());
  }
}
