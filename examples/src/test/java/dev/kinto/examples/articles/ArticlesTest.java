package dev.kinto.examples.articles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kinto.examples.RunningService;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ArticlesTest {
  @AutoClose
  private final RunningService articles = new RunningService(new ArticlesRoutes(new Articles()));

  @Test
  void listTellsWhoReads() throws Exception {
    JsonObject named =
        json(articles.get("/articles", "auth-userId", "1", "auth-username", "KintoUser"));
    assertEquals(2, named.getAsJsonArray("articles").size());
    assertEquals("KintoUser", named.getAsJsonObject("reader").get("username").getAsString());

    JsonObject nameless = json(articles.get("/articles", "auth-userId", "1"));
    assertEquals("{\"userId\":\"1\"}", nameless.get("reader").toString());
  }

  @Test
  void publishedArticleCanBeShownAndItsIdGoesIntoTheSession() throws Exception {
    HttpResponse<String> answer =
        articles.post(
            "/articles", "{\"title\":\"News\"}", "auth-userId", "2", "auth-username", "Ada");
    assertEquals(201, answer.statusCode());
    assertEquals(Optional.of("/articles/3"), answer.headers().firstValue("Location"));
    assertEquals(Optional.of("3"), answer.headers().firstValue("articles-lastId"));
    assertEquals(answer.body(), articles.get("/articles/3").body());
    assertEquals("Ada", json(answer).get("author").getAsString());
    assertEquals(answer.body(), articles.get("/articles/last", "articles-lastId", "3").body());
  }

  @Test
  void whoFollowsGetsWhatIsThereAndThenEachNewArticle() throws Exception {
    try (Stream<String> stream = articles.follow("/articles/events", "auth-userId", "1");
        Stream<String> later =
            articles.follow("/articles/events", "auth-userId", "1", "Last-Event-ID", "2")) {
      Iterator<String> lines = stream.filter(line -> !line.isEmpty()).iterator();
      assertEquals("retry: 1000", lines.next());
      assertEquals("id: 1", lines.next());
      assertEquals(
          "data: {\"id\":1,\"title\":\"Hello, Kinto\",\"author\":\"KintoUser\"}", lines.next());
      assertEquals("id: 2", lines.next());
      articles.post(
          "/articles", "{\"title\":\"News\"}", "auth-userId", "2", "auth-username", "Ada");
      assertEquals("id: 3", later.filter(line -> line.startsWith("id")).iterator().next());
    }
  }

  @Test
  void articleThatDoesNotExistIsNotFound() throws Exception {
    assertEquals(404, articles.get("/articles/99").statusCode());
    assertEquals(404, articles.get("/articles/first").statusCode());
  }

  @Test
  void webhookIsAccepted() throws Exception {
    HttpResponse<String> answer = articles.post("/hooks/published", "{}");
    assertEquals(202, answer.statusCode());
    assertEquals("{\"received\":true}", answer.body());
  }

  @Test
  void echoShowsTheHeaders() throws Exception {
    HttpResponse<String> answer = articles.get("/echo", "auth-userId", "7", "X-More", "a, b");
    assertTrue(answer.body().contains("\"auth-userId\":\"7\""), answer.body());
    assertTrue(answer.body().contains("\"a, b\""), answer.body());
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
