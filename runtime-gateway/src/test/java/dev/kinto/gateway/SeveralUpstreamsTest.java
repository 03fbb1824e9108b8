package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Balancing, setting aside and safe repetition (contract C34). */
class SeveralUpstreamsTest {
  @AutoClose private static RawUpstream one;
  @AutoClose private static RawUpstream other;
  private static int deadPort;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    one = RawUpstream.start();
    other = RawUpstream.start();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      deadPort = free.getLocalPort();
    }
    URI dead = URI.create("http://127.0.0.1:" + deadPort);
    gateway =
        TestGateway.in(folder)
            .service(service("both"), one.uri(), other.uri())
            .publicRoutes("all")
            .service(service("half"), dead, one.uri())
            .publicRoutes("all")
            .serviceKey("upstreamLimits", Map.of("maxConcurrent", 1, "queue", 0))
            .service(service("strait"), one.uri())
            .publicRoutes("all")
            .serviceKey("upstreamLimits", Map.of("maxConcurrent", 1, "queue", 0))
            .service(service("single"), one.uri())
            .publicRoutes("all")
            .start();
  }

  private static Manifest service(String name) {
    return TestManifest.of(name)
        .route("GET /x")
        .route("HEAD /y")
        .route("PUT /x")
        .route("DELETE /x")
        .route("POST /x")
        .route("PATCH /x")
        .build();
  }

  @BeforeEach
  void forget() {
    one.reset();
    other.reset();
  }

  @Test
  void theUpstreamWithFewerRequestsInFlightGetsTheNext() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(1);
    RawUpstream.Script slow =
        (_, connection) -> {
          arrived.countDown();
          await(mayAnswer);
          connection.send(RawUpstream.OK);
        };
    one.answers(slow);
    other.answers(slow);
    try (RawClient held = gateway.connectPublic()) {
      held.send(request("GET", "both"));
      await(arrived);
      RawUpstream busy = one.received().isEmpty() ? other : one;
      RawUpstream free = busy.equals(one) ? other : one;
      free.answers(RawUpstream.OK);
      for (int i = 0; i < 10; i++) {
        assertEquals(200, status("GET", "both"));
      }

      assertEquals(1, busy.received().size(), "nobody waits behind the one that is slow");
      assertEquals(10, free.received().size());
      mayAnswer.countDown();
      assertEquals(200, held.read().status());
    }
  }

  @Test
  void fullOnesArePassedOver(@TempDir Path folder) throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    RawUpstream.Script slow =
        (_, connection) -> {
          await(mayAnswer);
          connection.send(RawUpstream.OK);
        };
    try (RawUpstream free = RawUpstream.start();
        TestGateway narrow =
            TestGateway.in(folder)
                .service(service("three"), one.uri(), other.uri(), free.uri())
                .publicRoutes("all")
                .serviceKey("upstreamLimits", Map.of("maxConcurrent", 1, "queue", 0))
                .start();
        RawClient first = narrow.connectPublic();
        RawClient second = narrow.connectPublic();
        RawClient client = narrow.connectPublic()) {
      free.answers(slow);
      one.answers(slow);
      other.answers(slow);
      first.send(request("GET", "three"));
      awaitRequests(1, one, other, free);
      second.send(request("GET", "three"));
      awaitRequests(2, one, other, free);
      for (RawUpstream each : new RawUpstream[] {one, other, free}) {
        if (each.received().isEmpty()) {
          each.answers(RawUpstream.OK);
        }
      }
      for (int i = 0; i < 30; i++) {
        assertEquals(200, client.exchange(request("GET", "three")).status());
      }
      mayAnswer.countDown();
      assertEquals(200, first.read().status());
      assertEquals(200, second.read().status());
    }
  }

  private static void awaitRequests(int count, RawUpstream... upstreams) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (Stream.of(upstreams).mapToInt(each -> each.received().size()).sum() < count) {
      assertTrue(System.nanoTime() < end, "the request does not come");
      Thread.sleep(5);
    }
  }

  @Test
  void bothUpstreamsAreUsed() throws IOException {
    for (int i = 0; i < 60; i++) {
      assertEquals(200, status("GET", "both"));
    }

    assertTrue(one.received().size() > 5, "one got " + one.received().size());
    assertTrue(other.received().size() > 5, "the other got " + other.received().size());
  }

  @Test
  void upstreamThatCannotBeConnectedToIsSetAsideAndTriedAgain() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertEquals(200, status("POST", "half"), "nothing was sent, so even POST goes elsewhere");
    }
    try (RawUpstream back = RawUpstream.start(deadPort)) {
      back.answers("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (back.received().isEmpty() && System.nanoTime() < end) {
        assertEquals(200, status("GET", "half"));
      }
      assertTrue(!back.received().isEmpty(), "it is used again");
      for (int i = 0; i < 60; i++) {
        assertEquals(200, status("GET", "half"));
      }
      assertTrue(back.received().size() > 5, "as often as the other: " + back.received().size());
    }
  }

  /** One that accepts connections and fails at the handshake counts who tries it. */
  @Test
  void upstreamThatIsSetAsideIsSparedItsCalls(@TempDir Path folder) throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (ServerSocket failing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestGateway spare =
            TestGateway.in(folder)
                .service(
                    service("half"),
                    URI.create("https://127.0.0.1:" + failing.getLocalPort()),
                    one.uri())
                .publicRoutes("all")
                .start();
        RawClient client = spare.connectPublic()) {
      Thread.ofVirtual().start(() -> closeAll(failing, tries));
      for (int i = 0; i < 100; i++) {
        assertEquals(200, client.exchange(request("GET", "half")).status());
      }

      assertTrue(tries.get() > 0, "it was chosen once");
      assertTrue(tries.get() < 12, "of 100 calls " + tries + " tried it"); // a chance each: 50
    }
  }

  /** As where a firewall drops packets: it is tried again all the same, but beside the calls. */
  @Test
  void noCallWaitsForAnUpstreamThatIsSetAsideAndSilent(@TempDir Path folder) throws Exception {
    Duration limit = Duration.ofSeconds(10);
    AtomicInteger tries = new AtomicInteger();
    List<Socket> taken = new CopyOnWriteArrayList<>();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestGateway spare =
            TestGateway.in(folder)
                .service(
                    service("half"),
                    URI.create("https://127.0.0.1:" + silent.getLocalPort()),
                    one.uri())
                .publicRoutes("all")
                .set("upstreamLimits.connectTimeout", limit.toString())
                .start();
        RawClient client = spare.connectPublic()) {
      Thread.ofVirtual().start(() -> takeAll(silent, taken, tries));
      while (tries.get() == 0) {
        assertEquals(200, client.exchange(request("GET", "half")).status());
      }
      // Goes on until well into the second try.
      for (int after = 0; after < 20; after += tries.get() > 1 ? 1 : 0) {
        long began = System.nanoTime();
        assertEquals(200, client.exchange(request("GET", "half")).status());
        assertTrue(System.nanoTime() - began < limit.toNanos(), "a call waited for it");
      }
    } finally {
      for (Socket socket : taken) {
        socket.close();
      }
    }
  }

  private static void takeAll(ServerSocket server, List<Socket> taken, AtomicInteger count) {
    try {
      while (!server.isClosed()) {
        taken.add(server.accept());
        count.incrementAndGet();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void closeAll(ServerSocket server, AtomicInteger count) {
    while (!server.isClosed()) {
      try (Socket _ = server.accept()) {
        count.incrementAndGet();
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  @Test
  void nobodyLeftIs502AndNotForLong(@TempDir Path folder) throws Exception {
    RawUpstream third = RawUpstream.start();
    int port = Integer.parseInt(third.authority().substring("127.0.0.1:".length()));
    third.close();
    try (TestGateway alone =
        TestGateway.in(folder)
            .service(service("alone"), URI.create("http://127.0.0.1:" + port))
            .publicRoutes("all")
            .start()) {
      for (int i = 0; i < 5; i++) {
        try (RawClient client = alone.connectPublic()) {
          assertEquals("upstream-unreachable", client.exchange(request("GET", "alone")).code());
        }
      }
      try (RawUpstream back = RawUpstream.start(port);
          RawClient client = alone.connectPublic()) {
        assertEquals(
            200,
            client.exchange(request("GET", "alone")).status(),
            "if all are set aside, one is tried at once");
        assertEquals(1, back.received().size());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void idempotentRequestOnAKeptConnectionThatEndsIsRepeatedOnce(String method) throws IOException {
    for (boolean withReset : new boolean[] {false, true}) {
      AtomicInteger tries = new AtomicInteger();
      RawUpstream.Script script =
          (_, connection) -> {
            if (tries.incrementAndGet() > 1) {
              connection.send(RawUpstream.OK);
            } else if (withReset) {
              connection.abort();
            } else {
              connection.close();
            }
          };

      assertEquals(200, statusOnAKeptConnection(method, script));
      assertEquals(2, tries.get());
    }
  }

  /** The body is gone, as it was sent. */
  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void requestWithABodyIsNeverRepeated(String method) throws IOException {
    AtomicInteger tries = new AtomicInteger();
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(200, client.exchange(request("GET", "single")).status());
      one.answers(
          (_, connection) -> {
            tries.incrementAndGet();
            connection.close();
          });
      String head = method + " /demo-web/single/x HTTP/1.1\r\nHost: test\r\n";

      assertEquals(502, client.exchange(head + "Content-Length: 1\r\n\r\nx").status());
    }
    assertEquals(1, tries.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void requestThatMayHaveHadAnEffectIsNeverRepeated(String method) throws IOException {
    AtomicInteger tries = new AtomicInteger();
    RawUpstream.Script script =
        (_, connection) -> {
          tries.incrementAndGet();
          connection.close();
        };

    assertEquals(502, statusOnAKeptConnection(method, script));
    assertEquals(1, tries.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\nX: 1\r\n", "HTTP/1.1 103 Early\r\n\r\n"})
  void requestWhoseAnswerHadBegunIsNotRepeated(String begin) throws IOException {
    for (boolean withReset : new boolean[] {false, true}) {
      AtomicInteger tries = new AtomicInteger();
      RawUpstream.Script script =
          (_, connection) -> {
            tries.incrementAndGet();
            connection.send(begin);
            if (withReset) {
              connection.abort();
            } else {
              connection.close();
            }
          };

      int status = statusOnAKeptConnection("GET", script);

      assertEquals(502, status);
      // A reset may overtake the bytes before it: then none arrived, and a second try is right.
      assertTrue(tries.get() == 1 || (withReset && tries.get() == 2), tries + " tries");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Keep-Alive: timeout=2", "Keep-Alive: max=9, timeout=2", "X-None: 1"})
  void idleConnectionIsDroppedInOrderBeforeTheUpstreamWould(String announced) throws Exception {
    CompletableFuture<Boolean> inOrder = new CompletableFuture<>();
    one.answers(
        (_, connection) ->
            inOrder.complete(
                connection
                    .send("HTTP/1.1 200 OK\r\n" + announced + "\r\nContent-Length: 0\r\n\r\n")
                    .awaitEnd()));

    assertEquals(200, status("GET", "single"));
    assertTrue(inOrder.get(30, TimeUnit.SECONDS), "although nobody calls again, and not reset");
  }

  /** Who keeps a connection for a second keeps it, less the margin of a second, for none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1 200 OK\r\nKeep-Alive: timeout=1",
        "1.1 200 OK\r\nKeep-Alive: timeout=0",
        "1.1 200 OK\r\nKeep-Alive: max=5,timeout=1",
        "1.1 200 OK\r\nConnection: close",
        "1.1 200 OK\r\nconnection: X-Y, Close",
        "1.1 200 OK\r\nConnection: X-Y\r\nConnection: close",
        "1.0 200 OK"
      })
  void connectionThatTheUpstreamWillSoonCloseIsNotUsedAgain(String head) throws IOException {
    one.answers("HTTP/" + head + "\r\nContent-Length: 0\r\n\r\n");
    assertEquals(200, status("GET", "single"));
    int first = one.take().connection();
    assertEquals(200, status("GET", "single"));
    assertNotEquals(first, one.take().connection());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection: close", "connection: X-Y, Close"})
  void connectionThatTheUpstreamWillCloseIsEndedInOrder(String line) throws Exception {
    CompletableFuture<Boolean> inOrder = new CompletableFuture<>();
    one.answers(
        (_, connection) ->
            inOrder.complete(
                connection
                    .send("HTTP/1.1 200 OK\r\n" + line + "\r\nContent-Length: 2\r\n\r\nok")
                    .awaitEnd()));

    assertEquals(200, status("GET", "single"));
    assertTrue(inOrder.get(30, TimeUnit.SECONDS));
  }

  @Test
  void placeIsFreeBeforeTheClientHasTheAnswer() throws IOException {
    for (String answer :
        new String[] {
          RawUpstream.OK,
          "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
        }) {
      one.answers(answer);
      for (int i = 0; i < 200; i++) {
        int status = status("GET", "strait");
        assertTrue(status < 300, status + " behind " + i + " calls that had ended");
      }
    }
  }

  @Test
  void requestOnANewConnectionIsNotRepeated() throws IOException {
    one.closeConnections();
    AtomicInteger tries = new AtomicInteger();
    one.answers(
        (_, connection) -> {
          tries.incrementAndGet();
          connection.close();
        });

    assertEquals(502, status("GET", "single"));
    assertEquals(1, tries.get());
  }

  /** The status of a request that finds a kept connection: one client's calls follow each other. */
  private static int statusOnAKeptConnection(String method, RawUpstream.Script script)
      throws IOException {
    one.reset();
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(200, client.exchange(request("GET", "single")).status());
      one.answers(script);
      return client.exchange(request(method, "single")).status();
    }
  }

  private static int status(String method, String service) throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      return client.exchange(request(method, service)).status();
    }
  }

  private static String request(String method, String service) {
    return method + " /demo-web/" + service + "/x HTTP/1.1\r\nHost: test\r\n\r\n";
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("It did not happen in time");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
