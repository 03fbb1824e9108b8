package articles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a route reads and sets, without a server: headers are a map. */
class ArticlesTest {
  @Test
  void theSessionIsAMapOfHeaders() {
    Map<String, String> request = Map.of("auth-userId", "1", "auth-username", "Zo%C3%AB");
    assertEquals("Zoë", ArticlesSession.Publish.read(request::get).authUsername());
    // The gateway never calls without a required field; who calls past it finds out.
    assertThrows(RuntimeException.class, () -> ArticlesSession.Publish.read(name -> null));

    Map<String, String> answer = new HashMap<>();
    ArticlesSession.PublishWriter.to(answer::put).articlesLastId(7);
    assertEquals(Map.of("articles-lastId", "7"), answer);
  }
}
