package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kinto.gateway.config.SecretHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code grid.persistence} as operators and users meet it: a gateway is killed, stopped, started
 * again, and its disk is full (contract C37).
 */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class PersistenceProcessTest {
  private static final int WRITERS = 4;

  @TempDir private Path folder;
  @AutoClose private RawUpstream upstream;

  @BeforeEach
  void startMicroservice() throws IOException {
    upstream = RawUpstream.start();
    // POST /set?7 sets 7; GET /see says what it was sent.
    upstream.answers(
        (request, connection) -> {
          String target = request.target();
          String line =
              target.startsWith("/set?")
                  ? "auth-userId: " + target.substring("/set?".length())
                  : "X-Seen: " + request.header("auth-userId").orElse("nothing");
          connection.send("HTTP/1.1 200 OK\r\n" + line + "\r\nContent-Length: 0\r\n\r\n");
        });
  }

  private Path configuration(String name, String grid) throws IOException {
    Path manifest = folder.resolve("auth.json");
    Files.writeString(
        manifest,
        TestManifest.of("auth")
            .route("POST /set")
            .writes("auth-userId")
            .route("GET /see")
            .mayRead("auth-userId")
            .build()
            .toJson());
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
        environments:
          demo: { services: { auth: { manifest: auth.json, upstreams: [ "%s" ] } } }
        clients:
          - { id: web, environment: demo, secretHash: "%s" }
        authLimits: { perAddress: { requests: 1000000 } }
        dataDirectory: %s-data
        grid: { %s }
        """
            .formatted(upstream.uri(), SecretHash.of(KeptGateway.SECRET), name, grid));
  }

  private KeptGateway serve(Path configuration) throws IOException {
    return KeptGateway.of(KintoProcess.serve(folder, configuration));
  }

  /** Every write that was acknowledged is there; at most one more, whose answer nobody got. */
  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void killedUnderLoad(String fsync) throws Exception {
    Path configuration = configuration("a", "persistence: store, memory: 64 MiB, fsync: " + fsync);
    Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    for (int life = 0; life < 3; life++) {
      try (KeptGateway gateway = serve(configuration);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        assertAllThere(gateway, acknowledged);
        List<Future<?>> writers = new ArrayList<>();
        int before = acknowledged.values().stream().mapToInt(Integer::intValue).sum();
        for (int i = 0; i < WRITERS; i++) {
          writers.add(threads.submit(() -> writeUntilKilled(gateway, acknowledged)));
        }
        while (acknowledged.values().stream().mapToInt(Integer::intValue).sum() < before + 200) {
          Thread.sleep(10);
        }
        gateway.process().signal("KILL");
        for (Future<?> writer : writers) {
          writer.get();
        }
      }
    }
    try (KeptGateway gateway = serve(configuration)) {
      assertAllThere(gateway, acknowledged);
    }
  }

  private static void writeUntilKilled(KeptGateway gateway, Map<String, Integer> acknowledged) {
    try {
      while (true) {
        String token = gateway.token();
        for (int value = 1; value <= 10; value++) {
          gateway.set(token, Integer.toString(value));
          acknowledged.put(token, value);
        }
      }
    } catch (IOException | RuntimeException e) {
      // It was killed, as it was to be.
    }
  }

  private static void assertAllThere(KeptGateway gateway, Map<String, Integer> acknowledged)
      throws IOException {
    for (Map.Entry<String, Integer> each : acknowledged.entrySet()) {
      String seen = gateway.seen(each.getKey());
      assertTrue(
          seen.equals(each.getValue().toString())
              || seen.equals(Integer.toString(each.getValue() + 1)),
          "Acknowledged: " + each.getValue() + ", found: " + seen);
    }
  }

  @Test
  void stoppedInOrderAndStartedByANewerJar() throws Exception {
    Path configuration = configuration("a", "persistence: store, memory: 64 MiB");
    String token;
    String ended;
    try (KeptGateway gateway = serve(configuration)) {
      token = gateway.token();
      ended = gateway.token();
      gateway.set(token, "7");
      assertEquals(204, gateway.send("DELETE /auth", ended).status());
      gateway.process().signal("TERM");
      assertEquals(0, gateway.process().exitCode());
    }
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store())));
    try (KeptGateway gateway = serve(configuration)) {
      assertEquals("7", gateway.seen(token));
      assertEquals("session-ended", gateway.send("GET /auth", ended).code());
    }
  }

  private Path store() {
    return folder.resolve("store");
  }

  @Test
  void aFolderIsOfOneProcess() throws Exception {
    try (KeptGateway _ = serve(configuration("a", "persistence: store, memory: 64 MiB"));
        KintoProcess second =
            KintoProcess.serve(folder, configuration("b", "persistence: store, memory: 64 MiB"))) {
      assertEquals(1, second.exitCode());
      assertEquals(
          "The gateway cannot start. grid.persistence: another process keeps its sessions in "
              + store()
              + ". Give each gateway a folder of its own, or stop that one.\n",
          second.err());
    }
  }

  /** C22, C24: neither seen nor counted, though nobody was there to sweep them up. */
  @Test
  void whatRanOutMeanwhileIsGone() throws Exception {
    Path configuration =
        configuration(
            "a",
            "persistence: store, memory: 64 MiB }\nsession: { maxSessions: 3,"
                + " idleTimeout: PT2S");
    List<String> tokens = new ArrayList<>();
    try (KeptGateway gateway = serve(configuration)) {
      for (int i = 0; i < 3; i++) {
        tokens.add(gateway.token());
        gateway.set(tokens.get(i), "7");
      }
      assertEquals(429, gateway.issue().status());
      gateway.process().signal("KILL");
      gateway.process().exitCode();
    }
    Instant over = Instant.now().plusSeconds(3);
    while (Instant.now().isBefore(over)) {
      Thread.sleep(20);
    }
    try (KeptGateway gateway = serve(configuration)) {
      for (int i = 0; i < 3; i++) {
        assertEquals("session-ended", gateway.send("GET /auth", tokens.get(i)).code());
        assertEquals(200, gateway.issue().status());
      }
    }
  }

  /** What stands in the way of reading is said with its mend; nothing begins anew in silence. */
  @Test
  void aDamagedFolderIsRefused() throws Exception {
    Path configuration = configuration("a", "persistence: store, memory: 64 MiB");
    try (KeptGateway gateway = serve(configuration)) {
      gateway.set(gateway.token(), "7");
      gateway.process().signal("KILL");
      gateway.process().exitCode();
    }
    Files.writeString(store().resolve("db/gateway/cache-sessions/cache_data.dat"), "?");
    try (KintoProcess process = KintoProcess.serve(folder, configuration)) {
      assertEquals(1, process.exitCode());
      String err = process.err();
      assertTrue(err.contains("The gateway cannot start. grid.persistence: the sessions in"), err);
      assertTrue(err.contains("put a backup in the folder's place"), err);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDisk() throws Exception {
    assumeTrue(SmallDisk.canBeHad(), "this system lets nobody have a file system of his own");
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path configuration = configuration("a", "persistence: disk/store, memory: 64 MiB");
    try (KeptGateway gateway = KeptGateway.of(SmallDisk.serve(folder, disk, 192, configuration))) {
      Path inside = Path.of("/proc/" + gateway.process().pid() + "/root" + disk);
      List<String> tokens = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        tokens.add(gateway.token());
        gateway.set(tokens.getLast(), "1");
      }
      assertEquals("{\"status\":\"UP\"}", gateway.health().text());

      SmallDisk.leave(64, inside);
      assertNothingIsAdded(gateway, "grid.persistence");
      assertAllSee("1", gateway, tokens);
      assertEquals(204, gateway.send("DELETE /auth", tokens.removeLast()).status());

      SmallDisk.leave(0, inside);
      assertNothingIsAdded(gateway, "nothing can be saved");
      assertAllSee("1", gateway, tokens);
      assertEquals("grid-unavailable", gateway.send("DELETE /auth", tokens.getLast()).code());

      Files.delete(inside.resolve("others"));
      while (gateway.health().status() != 200) {
        Thread.sleep(20);
      }
      assertAllSee("1", gateway, tokens);
      for (String each : tokens) {
        gateway.set(each, "2");
      }
      assertAllSee("2", gateway, tokens);
      String log = gateway.process().err();
      assertTrue(log.contains("is full: no session can begin"), log);
      assertTrue(log.contains("There is room for sessions again"), log);
    }
  }

  private static void assertAllSee(String value, KeptGateway gateway, List<String> tokens)
      throws IOException {
    for (String each : tokens) {
      assertEquals(value, gateway.seen(each));
    }
  }

  private static void assertNothingIsAdded(KeptGateway gateway, String remark)
      throws IOException, InterruptedException {
    while (!gateway.health().text().contains(remark)) {
      Thread.sleep(20);
    }
    assertEquals(503, gateway.health().status());
    assertEquals("grid-unavailable", gateway.issue().code());
    assertFalse(gateway.issue().json().has("token"));
  }
}
