package dev.kinto.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections belong to event loops or have threads of their own, and nobody sees a difference
 * (contract C34, C35, C43). What else is promised of connections is tested with the engine that the
 * system property {@code kinto.test.engine} names.
 */
class EngineTest {
  private static final String CALL = "GET /demo-web/m/x HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final int MANY = 40;

  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway loops;
  @AutoClose private static TestGateway threads;

  @BeforeAll
  static void start(@TempDir Path one, @TempDir Path other) throws Exception {
    upstream = RawUpstream.start();
    loops = gateway(one, "event-loops");
    threads = gateway(other, "virtual-threads");
  }

  private static TestGateway gateway(Path folder, String engine) throws Exception {
    return TestGateway.in(folder)
        .set("engine", engine)
        .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
        .publicRoutes("all")
        .start();
  }

  private static RawClient connect(String engine) throws IOException {
    return (engine.equals("event-loops") ? loops : threads).connectPublic();
  }

  @BeforeEach
  void reset() {
    upstream.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loops", "virtual-threads"})
  void callsThatWaitKeepNoOthersWaiting(String engine) throws Exception {
    CompletableFuture<Void> release = new CompletableFuture<>();
    CountDownLatch held = new CountDownLatch(MANY);
    upstream.answers(
        (_, connection) -> {
          held.countDown();
          release.join();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate");
        });
    List<RawClient> waiting = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        waiting.add(connect(engine).send(CALL));
      }
      held.await();
      upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsoon");
      try (RawClient quick = connect(engine)) {
        assertEquals("soon", quick.exchange(CALL).text());
      }
      release.complete(null);
      for (RawClient client : waiting) {
        assertEquals("late", client.read().text());
      }
    } finally {
      release.complete(null);
      for (RawClient client : waiting) {
        client.close();
      }
    }
  }

  /** One that always has a next request at hand, each refused at once, never waits by itself. */
  @ParameterizedTest
  @ValueSource(strings = {"event-loops", "virtual-threads"})
  void clientsThatNeverPauseKeepNoOthersWaiting(String engine) throws Exception {
    byte[] refused = "GET / HTTP/1.1\r\nHost: h\r\n\r\n".repeat(4000).getBytes(US_ASCII);
    AtomicLong answered = new AtomicLong();
    List<Socket> floods = new ArrayList<>();
    try {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        URI api = (engine.equals("event-loops") ? loops : threads).api();
        Socket flood = new Socket(api.getHost(), api.getPort());
        floods.add(flood);
        Thread.ofPlatform().daemon().start(() -> write(flood, refused));
        Thread.ofPlatform().daemon().start(() -> read(flood, answered));
      }
      for (int i = 0; i < 20; i++) {
        long before = answered.get();
        while (answered.get() < before + refused.length) {
          Thread.onSpinWait();
        }
        try (RawClient quick = connect(engine)) {
          assertEquals("ok", quick.exchange(CALL).text());
        }
      }
    } finally {
      for (Socket flood : floods) {
        flood.close();
      }
    }
  }

  private static void write(Socket flood, byte[] bytes) {
    try {
      while (true) {
        flood.getOutputStream().write(bytes);
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void read(Socket flood, AtomicLong bytes) {
    byte[] buffer = new byte[1 << 16];
    try {
      for (int n = 0; n >= 0; n = flood.getInputStream().read(buffer)) {
        bytes.addAndGet(n);
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  /** A byte that nobody asked for is never taken for the next answer. */
  @ParameterizedTest
  @ValueSource(strings = {"event-loops", "virtual-threads"})
  void whatComesUnaskedIsNobodysAnswer(String engine) throws Exception {
    CompletableFuture<Void> read = new CompletableFuture<>();
    CompletableFuture<Void> said = new CompletableFuture<>();
    upstream.answers(
        (_, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
          read.join();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray");
          said.complete(null);
        });
    try (RawClient client = connect(engine)) {
      assertEquals("first", client.exchange(CALL).text());
      read.complete(null);
      said.join();
      upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond");
      assertEquals("second", client.exchange(CALL).text());
    }
  }

  @Test
  void anIdleUpstreamConnectionThatSpeaksIsDroppedAtOnce() throws Exception {
    CompletableFuture<Void> read = new CompletableFuture<>();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    upstream.answers(
        (_, connection) -> {
          connection.send(
              "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=600\r\nContent-Length: 0\r\n\r\n");
          read.join();
          connection.send("?");
          ended.complete(connection.awaitEnd());
        });
    try (RawClient client = connect("event-loops")) {
      assertEquals(200, client.exchange(CALL).status());
      read.complete(null);

      assertTrue(ended.get(30, TimeUnit.SECONDS), "and no request was needed to see it");
    }
  }
}
