package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes away while a microservice works for it (contract C27, C33). */
class ClientGoesAwayTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config.service(
                  TestManifest.of("auth")
                      .route("POST /login")
                      .writes("auth-userId")
                      .route("GET /me")
                      .reads("auth-userId")
                      .build(),
                  upstream.uri()));

  private static final RawUpstream upstream = gateway.upstream();

  private String token = "";

  @BeforeEach
  void newSession() throws IOException {
    token = gateway.token();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callOfAClientThatIsGoneEnds(boolean withReset) throws Exception {
    CompletableFuture<Boolean> inOrder = new CompletableFuture<>();
    upstream.answers((_, connection) -> inOrder.complete(connection.awaitEnd()));
    try (RawClient client = gateway.connect()) {
      client.send(login());
      upstream.take();
      if (withReset) {
        client.reset();
      }
    }

    assertFalse(inOrder.get(30, TimeUnit.SECONDS), "the upstream sees that nobody waits");
    assertEquals(0, upstream.received().size(), "and the request is not repeated");
  }

  @Test
  void idempotentCallOfAClientThatIsGoneIsNotRepeated() throws Exception {
    setUser("1");
    CountDownLatch ended = new CountDownLatch(1);
    int before;
    try (RawClient client = gateway.connect()) {
      assertEquals(200, client.send(me()).read().status());
      upstream.take();
      before = upstream.connections();
      upstream.answers(
          (_, connection) -> {
            connection.awaitEnd();
            ended.countDown();
          });
      client.send(me());
      assertTrue(upstream.take().connection() <= before, "one that was kept");
    }

    assertTrue(ended.await(30, TimeUnit.SECONDS));
    upstream.reset();
    assertEquals("1", userThatTheServiceSees(), "the next request is the next one received");
    assertTrue(upstream.connections() <= before + 1, "and no connection was made for nobody");
  }

  @Test
  void streamToAClientThatIsGoneEnds() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n").awaitEnd();
          ended.countDown();
        });
    try (RawClient client = gateway.connect()) {
      assertEquals(200, client.send(login()).readHead().status());
    }

    assertTrue(ended.await(30, TimeUnit.SECONDS), "although no event was written meanwhile");
  }

  @Test
  void whatTheServiceSetIsStoredIfItsHeadHadCome() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          connection
              .send("HTTP/1.1 200 OK\r\nauth-userId: 7\r\nContent-Length: 100000\r\n\r\npart")
              .awaitEnd();
          ended.countDown();
        });
    try (RawClient client = gateway.connect()) {
      client.send(login());
      upstream.take();
    }

    assertTrue(ended.await(30, TimeUnit.SECONDS));
    upstream.reset();
    assertEquals("7", userThatTheServiceSees());
  }

  @Test
  void clientThatStaysKeepsItsConnectionThroughSlowCalls() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          pause(never);
          connection.send(RawUpstream.OK);
        });
    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        assertEquals(200, client.exchange(login()).status());
      }
    }
  }

  @Test
  void requestsSentAheadAreAnsweredInOrderAlthoughTheFirstIsSlow() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    upstream.answers(
        (request, connection) -> {
          pause(never);
          String number = request.header("x-number").orElseThrow();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + number);
        });
    try (RawClient client = gateway.connect()) {
      client.send(login("X-Number: 1\r\n") + login("X-Number: 2\r\n"));
      upstream.take();
      client.send(login("X-Number: 3\r\n"));

      for (String number : new String[] {"1", "2", "3"}) {
        assertEquals(number, client.read().text());
      }
    }
  }

  /** Longer than the patience after which the client's connection is watched. */
  private static void pause(CountDownLatch never) {
    try {
      assertEquals(false, never.await(500, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void setUser(String id) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nauth-userId: " + id + "\r\nContent-Length: 0\r\n\r\n");
    try (RawClient client = gateway.connect()) {
      assertEquals(200, client.exchange(login()).status());
    }
    upstream.reset();
  }

  private String userThatTheServiceSees() throws IOException {
    try (RawClient client = gateway.connect()) {
      assertEquals(200, client.exchange(me()).status());
      return upstream.take().header("auth-userId").orElse("");
    }
  }

  private String login() {
    return login("");
  }

  private String login(String header) {
    return "POST /auth/login" + head() + header + "\r\n";
  }

  private String me() {
    return "GET /auth/me" + head() + "\r\n";
  }

  private String head() {
    return " HTTP/1.1\r\nHost: test\r\nKinto-Authorization: Bearer " + token + "\r\n";
  }
}
