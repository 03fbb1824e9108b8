package dev.kinto.examples.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.examples.RunningService;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class AuthTest {
  @AutoClose private final RunningService auth = new RunningService(new AuthRoutes(new Auth()));

  @Test
  void loginSetsTheSessionFieldsInTheirWireForm() throws Exception {
    HttpResponse<String> answer =
        auth.post("/login", "{\"username\":\"Zoë\",\"password\":\"zoe\"}");
    assertEquals(200, answer.statusCode());
    assertEquals("{\"userId\":\"3\",\"username\":\"Zoë\"}", answer.body());
    assertEquals(Optional.of("3"), answer.headers().firstValue("auth-userId"));
    assertEquals(Optional.of("Zo%C3%AB"), answer.headers().firstValue("auth-username"));
  }

  @Test
  void wrongPasswordSetsNothing() throws Exception {
    HttpResponse<String> answer = auth.post("/login", "{\"username\":\"Ada\",\"password\":\"x\"}");
    assertEquals(401, answer.statusCode());
    assertTrue(answer.body().contains("\"error\""), answer.body());
    assertEquals(Optional.empty(), answer.headers().firstValue("auth-userId"));
  }

  @Test
  void bodyThatIsNoJsonIsTheCallersMistake() throws Exception {
    assertEquals(400, auth.post("/login", "user=Ada").statusCode());
    assertEquals(400, auth.post("/login", "").statusCode());
  }

  @Test
  void logoutClearsBothFields() throws Exception {
    HttpResponse<String> answer = auth.post("/logout", "");
    assertEquals(204, answer.statusCode());
    assertEquals(Optional.of(""), answer.headers().firstValue("auth-userId"));
    assertEquals(Optional.of(""), answer.headers().firstValue("auth-username"));
  }

  @Test
  void meReadsTheSession() throws Exception {
    HttpResponse<String> answer = auth.get("/me", "auth-userId", "3", "auth-username", "Zo%C3%AB");
    assertEquals("{\"userId\":\"3\",\"username\":\"Zoë\"}", answer.body());
  }
}
