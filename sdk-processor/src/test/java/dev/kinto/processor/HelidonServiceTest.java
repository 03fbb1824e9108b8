package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpService;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The generated service of {@code good/articles} in a Helidon server (contract C14). */
class HelidonServiceTest {
  @AutoClose private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Compiled compiled;

  @AutoClose("stop")
  private static WebServer server;

  @BeforeAll
  static void start() throws ReflectiveOperationException {
    compiled = Compiled.of(Sources.javaFilesIn("good/articles"));
    ClassLoader loader = compiled.loader();
    Object handlers = instance(loader.loadClass("articles.ArticleHandlers"));
    HttpService service =
        (HttpService) instance(loader.loadClass("articles.ArticlesRoutes"), handlers);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.register(service))
            .build()
            .start();
  }

  private static Object instance(Class<?> type, Object... arguments)
      throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return constructor.newInstance(arguments);
  }

  @Test
  void servesTheManifest() throws Exception {
    HttpResponse<String> answer = call("GET", "/.well-known/kinto-manifest.json");
    assertEquals(compiled.generated().get("META-INF/kinto/articles.json"), answer.body());
    assertEquals(List.of("application/json"), answer.headers().allValues("content-type"));
  }

  @Test
  void reachesEachRoute() throws Exception {
    assertEquals("form", call("GET", "/articles/new").body());
    assertEquals("article 17", call("GET", "/articles/17").body());
    assertEquals("purged a/b", call("PURGE", "/files/a/b").body());
    assertEquals(404, call("GET", "/articles/17/more").statusCode());
    assertEquals(404, call("GET", "/files/a").statusCode());
  }

  @Test
  void answersHeadWhereGetIs() throws Exception {
    HttpResponse<String> answer = call("HEAD", "/articles/17");
    assertEquals(200, answer.statusCode());
    assertEquals(List.of("10"), answer.headers().allValues("content-length"));
    assertEquals("", answer.body());
  }

  @Test
  void handlersReadAndSetTheSession() throws Exception {
    HttpResponse<String> answer =
        call("POST", "/articles", "auth-userId", "4711", "auth-plan", "pro");
    assertEquals("4711 pro", answer.body());
    assertEquals(List.of("17"), answer.headers().allValues("articles-lastId"));
    assertEquals("4711 free", call("POST", "/articles", "auth-userId", "4711").body());
  }

  @Test
  void aHandlerClearsAFieldWithAnEmptyHeader() throws Exception {
    HttpResponse<String> answer = call("DELETE", "/articles/last");
    assertEquals(List.of(""), answer.headers().allValues("articles-lastId"));
  }

  private static HttpResponse<String> call(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
