package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.SecretHash;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load (contract C42). */
@DisabledOnOs(OS.WINDOWS)
class DrainTest {
  private static final int CALLERS = 8;
  private static final String REQUEST = "GET /web/shop/see HTTP/1.1\r\nHost: h\r\n\r\n";

  private static final String SWITCH =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: accepted\r\n\r\n";
  private static final String EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

  @TempDir Path folder;

  /**
   * Clients call without a pause on kept connections. Each request on them is answered; the last
   * answer on a connection says that it is the last one, and whoever connects anew in time is
   * served as well.
   */
  @Test
  void sigtermLosesNoRequest() throws Exception {
    try (RawUpstream upstream = RawUpstream.start()) {
      Path file = configuration(upstream, "");
      try (KintoProcess process = KintoProcess.serve(folder, file);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        process.address("api");
        URI open = process.address("public");
        AtomicInteger answers = new AtomicInteger();
        List<Future<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          callers.add(threads.submit(caller(open, answers)));
        }
        while (answers.get() < 50 * CALLERS) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        process.signal("TERM");
        int last = 0;
        for (Future<Integer> caller : callers) {
          last += caller.get(60, TimeUnit.SECONDS);
        }
        assertTrue(last >= CALLERS, "answers that ended their connections: " + last);
        assertEquals(0, process.exitCode(), process.err());
        assertFalse(process.err().contains("SEVERE"), "a connection was let in and thrown out");
      }
    }
  }

  /** What connects anew while a load balancer has not seen yet that the gateway stops. */
  @Test
  void newConnectionsAreServedForTheDelay() throws Exception {
    try (RawUpstream upstream = RawUpstream.start();
        KintoProcess process =
            KintoProcess.serve(folder, configuration(upstream, "drain: { delay: PT10M }"))) {
      process.address("api");
      URI open = process.address("public");
      URI admin = process.address("admin");
      try (RawClient client = RawClient.to(open)) {
        assertEquals(Optional.empty(), client.exchange(REQUEST).header("connection"));
      }
      assertEquals(200, status(admin, "/health/ready"));
      process.signal("TERM");
      boolean drains = false;
      while (!drains) {
        try (RawClient client = RawClient.to(open)) {
          drains =
              client.exchange(REQUEST).header("connection").filter("close"::equals).isPresent();
        }
      }
      try (RawClient client = RawClient.to(open)) {
        assertEquals(200, client.exchange(REQUEST).status());
      }
      assertEquals(503, status(admin, "/health/ready"), "new clients should go elsewhere");
      assertEquals(200, status(admin, "/health/live"), "but nobody should end it");
    }
  }

  private static int status(URI address, String target) throws IOException {
    try (RawClient client = RawClient.to(address)) {
      return client.exchange("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").status();
    }
  }

  /**
   * What its microservice has not answered when the time is over is told so, instead of being cut
   * off (contract C36).
   */
  @Test
  void requestThatOutlastsTheDrainIsToldSo() throws Exception {
    CountDownLatch givenUp = new CountDownLatch(1);
    try (RawUpstream upstream = RawUpstream.start();
        KintoProcess process =
            KintoProcess.serve(folder, configuration(upstream, "drain: { timeout: PT1S }"))) {
      upstream.answers(
          (_, connection) -> {
            connection.awaitEnd();
            givenUp.countDown();
          });
      process.address("api");
      try (RawClient client = RawClient.to(process.address("public"))) {
        client.send(REQUEST);
        upstream.take();
        process.signal("TERM");

        RawAnswer answer = client.read();
        assertEquals(503, answer.status(), answer.toString());
        assertEquals("draining", answer.code());
        assertEquals(Optional.of("1"), answer.header("retry-after"));
        assertEquals(Optional.of("close"), answer.header("connection"));
        assertTrue(client.ended(), "the answer ends the connection");
      }
      assertTrue(givenUp.await(30, TimeUnit.SECONDS), "the upstream sees that nobody waits");
      assertEquals(0, process.exitCode(), process.err());
    }
  }

  /** An answer that has begun by then is cut off: it must not look complete (contract C33). */
  @Test
  void answerThatOutlastsTheDrainIsCutOff() throws Exception {
    try (RawUpstream upstream = RawUpstream.start();
        KintoProcess process =
            KintoProcess.serve(folder, configuration(upstream, "drain: { timeout: PT1S }"))) {
      upstream.answers(
          (_, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalf");
            connection.awaitEnd();
          });
      process.address("api");
      try (RawClient client = RawClient.to(process.address("public"))) {
        client.send(REQUEST);
        assertEquals(200, client.readHead().status());
        process.signal("TERM");
        assertEquals("half", new String(client.readBytes(4), StandardCharsets.US_ASCII));
        assertTrue(client.ended(), "the fifth byte never came");
      }
      assertEquals(0, process.exitCode(), process.err());
    }
  }

  /** A WebSocket would end as soon as it has begun: the client is told to go elsewhere. */
  @Test
  void noWebSocketBeginsWhileTheGatewayStops() throws Exception {
    try (RawUpstream upstream = RawUpstream.start();
        KintoProcess process = KintoProcess.serve(folder, configuration(upstream, ""))) {
      upstream.answers(
          (request, connection) -> {
            boolean upgrade = !request.all("upgrade").isEmpty();
            connection.send(upgrade ? SWITCH : EVENTS);
          });
      process.address("api");
      URI open = process.address("public");
      try (RawClient late = RawClient.to(open);
          RawClient events = RawClient.to(open)) {
        assertEquals(200, events.send(REQUEST).readHead().status());
        late.send("GET /web/shop/see HTTP/1.1\r\nHost: h\r\n");
        process.signal("TERM");
        assertTrue(events.ended(), "event streams end first");

        RawAnswer answer =
            late.exchange(
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: a2V5a2V5a2V5a2V5a2V5a2V5\r\n\r\n");
        assertEquals(503, answer.status(), answer.toString());
        assertEquals("draining", answer.code());
      }
      assertEquals(0, process.exitCode(), process.err());
    }
  }

  private Path configuration(RawUpstream upstream, String more) throws IOException {
    Files.writeString(
        folder.resolve("shop.json"), TestManifest.of("shop").route("GET /see").build().toJson());
    return Files.writeString(
        folder.resolve("kinto.yaml"),
        """
        listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
        environments:
          demo:
            services:
              shop: { manifest: shop.json, upstreams: [ "%s" ], public: all }
        clients:
          - { id: web, environment: demo, secretHash: "%s" }
        %s
        """
            .formatted(upstream.uri(), SecretHash.of("s"), more));
  }

  /** Calls until nobody listens any more; gives how many answers said that they are the last. */
  private static Callable<Integer> caller(URI address, AtomicInteger answers) {
    return () -> {
      int last = 0;
      while (true) {
        RawClient client;
        try {
          client = RawClient.to(address);
        } catch (ConnectException e) {
          return last;
        }
        try (client) {
          int onThisConnection = 0;
          for (boolean kept = true; kept; onThisConnection++) {
            RawAnswer answer;
            try {
              answer = client.exchange(REQUEST);
            } catch (IOException e) {
              if (onThisConnection == 0) {
                return last; // Connected at the moment in which the listener went: nobody took it.
              }
              throw new AssertionError("request " + onThisConnection + " was not answered", e);
            }
            assertEquals(200, answer.status(), answer.toString());
            answers.incrementAndGet();
            kept = answer.header("connection").filter("close"::equals).isEmpty();
          }
          last++;
        }
      }
    };
  }
}
