package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kinto.gateway.config.SecretHash;
import dev.kinto.gateway.grid.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A grid of three gateways that keep their sessions, and have no room for more (contract C22, C37):
 * that is said by name, nothing that was acknowledged is lost, and no session ends for another.
 */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class FullClusterTest {
  private static final int SIZE = 3;
  private static final int SESSIONS = 30;
  private static final int DISK_MIB = 192;
  private static final int LARGE = 40_000;
  private static final String UP = "{\"status\":\"UP\"}";

  @TempDir private Path folder;
  @AutoClose private RawUpstream upstream;
  private final List<Integer> ports = FreePorts.of(2 * SIZE);
  private final List<KeptGateway> gateways = new ArrayList<>();

  /** What each session holds, as far as it was acknowledged. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  @BeforeEach
  void startMicroservice() throws IOException {
    upstream = RawUpstream.start();
    // POST /set?7 sets 7, POST /fill?7 also a large value; GET /see says what it was sent.
    String large = "auth-large: " + "x".repeat(LARGE) + "\r\n";
    upstream.answers(
        (request, connection) -> {
          String[] target = request.target().split("[?]", 2);
          String line =
              target.length == 2
                  ? "auth-userId: " + target[1] + "\r\n"
                  : "X-Seen: " + request.header("auth-userId").orElse("nothing") + "\r\n";
          connection.send(
              "HTTP/1.1 200 OK\r\n"
                  + line
                  + (target[0].equals("/fill") ? large : "")
                  + "Content-Length: 0\r\n\r\n");
        });
    Files.writeString(
        folder.resolve("auth.json"),
        TestManifest.of("auth")
            .route("POST /set")
            .writes("auth-userId")
            .route("POST /fill")
            .writes("auth-userId")
            .writes("auth-large")
            .route("GET /see")
            .mayRead("auth-userId")
            .build()
            .toJson());
  }

  @AfterEach
  void stop() {
    gateways.forEach(KeptGateway::close);
  }

  private Path home(int node) throws IOException {
    return Files.createDirectories(folder.resolve("node-" + node));
  }

  private Path configuration(int node) throws IOException {
    List<String> members =
        ports.subList(0, SIZE).stream().map(port -> "\"127.0.0.1:" + port + "\"").toList();
    return Files.writeString(
        home(node).resolve("kinto.yaml"),
        """
        listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
        environments:
          demo: { services: { auth: { manifest: ../auth.json, upstreams: [ "%s" ] } } }
        clients: [ { id: web, environment: demo, secretHash: "%s" } ]
        authLimits: { perAddress: { requests: 1000000 } }
        session: { limits: { valueBytes: 49152, answerBytes: 49152 } }
        tokens: { keys: [ { id: k1, secret: "0123456789abcdef0123456789abcdef" } ] }
        grid:
          mode: cluster
          name: full
          memory: 64 MiB
          persistence: disk/store
          size: %d
          members: %s
          address: { host: 127.0.0.1, discoveryPort: %d, dataPort: %d }
        """
            .formatted(
                upstream.uri(),
                SecretHash.of(KeptGateway.SECRET),
                SIZE,
                members,
                ports.get(node),
                ports.get(SIZE + node)));
  }

  /** Starts all, the first ones on small disks, and waits until each says this of its health. */
  private void start(int small, String health) throws Exception {
    gateways.clear();
    List<KintoProcess> processes = new ArrayList<>();
    for (int node = 0; node < SIZE; node++) {
      Path disk = Files.createDirectories(home(node).resolve("disk"));
      processes.add(
          node < small
              ? SmallDisk.serve(home(node), disk, DISK_MIB, configuration(node))
              : KintoProcess.serve(home(node), configuration(node)));
    }
    for (KintoProcess each : processes) {
      gateways.add(KeptGateway.of(each));
    }
    for (KeptGateway each : gateways) {
      awaitHealth(each, health);
    }
  }

  private static void awaitHealth(KeptGateway gateway, String text) throws Exception {
    while (!gateway.health().text().contains(text)) {
      Thread.sleep(20);
    }
  }

  private Path insideOf(int node) throws IOException {
    long pid = gateways.get(node).process().pid();
    return Path.of("/proc/" + pid + "/root" + home(node).resolve("disk"));
  }

  private KeptGateway get(int node) {
    return gateways.get(node % SIZE);
  }

  /** Begins a session, as soon as that is possible. */
  private void begin(KeptGateway gateway) throws Exception {
    RawAnswer begun = gateway.issue();
    while (begun.status() == 503) {
      Thread.sleep(20);
      begun = gateway.issue();
    }
    String token = begun.json().path("token").stringValue();
    gateway.set(token, "1");
    acknowledged.put(token, "1");
  }

  /** On every gateway. */
  private void assertAllThere() throws IOException {
    for (Map.Entry<String, String> each : acknowledged.entrySet()) {
      for (KeptGateway gateway : gateways) {
        assertEquals(each.getValue(), gateway.seen(each.getKey()));
      }
    }
  }

  private static void assertFull(RawAnswer answer) {
    assertEquals(503, answer.status(), answer.toString());
    assertEquals("grid-unavailable", answer.code(), answer.toString());
  }

  /**
   * Sets something in each, in all at once, for a refusal may take seconds. Who is refused it keeps
   * what it had, or has it all the same.
   */
  private Set<String> setAll(KeptGateway gateway, String value) throws Exception {
    Set<String> refused = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> setting = new ArrayList<>();
      for (String token : List.copyOf(acknowledged.keySet())) {
        setting.add(
            threads.submit(
                () -> {
                  RawAnswer answer = gateway.send("POST /auth/set?" + value, token);
                  if (answer.status() == 200) {
                    acknowledged.put(token, value);
                  } else {
                    assertFull(answer);
                    refused.add(token);
                  }
                  return answer;
                }));
      }
      for (Future<?> each : setting) {
        each.get();
      }
    }
    return refused;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, SIZE})
  void fullDisks(int full) throws Exception {
    assumeTrue(SmallDisk.canBeHad(), "this system lets nobody have a file system of his own");
    start(full, UP);
    for (int i = 0; i < SESSIONS; i++) {
      begin(get(i));
    }
    leave(64, full);
    for (int node = 0; node < full; node++) {
      awaitHealth(get(node), "grid.persistence");
      assertEquals(503, get(node).health().status());
    }
    assertAllThere();
    if (full < SIZE) {
      assertEquals(UP, get(full).health().text());
      for (int i = 0; i < SESSIONS; i++) {
        begin(get(full)); // where there is room
      }
    } else {
      assertFull(get(0).issue());
    }

    leave(0, full);
    for (int node = 0; node < full; node++) {
      awaitHealth(get(node), "\"DOWN\"");
    }
    Set<String> refused = setAll(get(SIZE - 1), "2");
    if (full == SIZE) {
      assertEquals(acknowledged.size(), refused.size(), "nothing can be written");
    }

    for (int node = 0; node < full; node++) {
      Files.delete(insideOf(node).resolve("others"));
    }
    for (KeptGateway each : gateways) {
      awaitHealth(each, UP);
    }
    for (String each : refused) {
      String seen = get(0).seen(each);
      assertTrue(seen.equals(acknowledged.get(each)) || seen.equals("2"), seen);
      acknowledged.put(each, seen);
    }
    assertAllThere();
    assertEquals(Set.of(), setAll(get(0), "3"));
    assertAllThere();
  }

  private void leave(int mib, int full) throws IOException {
    for (int node = 0; node < full; node++) {
      SmallDisk.leave(mib, insideOf(node));
    }
  }

  /** Begins sessions and fills them until one is refused for want of room. */
  private void fill(KeptGateway gateway) {
    try {
      boolean room = true;
      while (room) {
        RawAnswer answer = gateway.issue();
        if (answer.status() == 200) {
          String token = answer.json().path("token").stringValue();
          answer = gateway.send("POST /auth/fill?7", token);
          acknowledged.put(token, answer.status() == 200 ? "7" : "nothing");
        }
        if (answer.status() != 200) {
          assertFull(answer);
          room = !answer.text().contains("room");
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What two nodes take over from one that is lost has room, and so has what is on the disks. */
  @Test
  void fullMemory() throws Exception {
    start(0, UP);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> filling = new ArrayList<>();
      for (int i = 0; i < 2 * SIZE; i++) {
        KeptGateway gateway = get(i);
        filling.add(threads.submit(() -> fill(gateway)));
      }
      for (Future<?> each : filling) {
        each.get();
      }
    }
    assertTrue(acknowledged.size() > 500, acknowledged.size() + " sessions are all");
    assertAllThere();

    kill(gateways.removeFirst());
    awaitAllThere();
    gateways.forEach(FullClusterTest::kill);
    start(0, "\"status\"");
    awaitAllThere();
    for (String token : List.copyOf(acknowledged.keySet())) {
      if (acknowledged.size() > 100) {
        assertEquals(204, get(0).send("DELETE /auth", token).status());
        acknowledged.remove(token);
      }
    }
    for (KeptGateway each : gateways) {
      awaitHealth(each, UP);
      begin(each);
    }
    assertAllThere();
  }

  private static void kill(KeptGateway gateway) {
    try {
      gateway.process().signal("KILL");
      gateway.process().exitCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** On every gateway that there is, as soon as it can tell. */
  private void awaitAllThere() throws Exception {
    for (Map.Entry<String, String> each : acknowledged.entrySet()) {
      for (KeptGateway gateway : gateways) {
        RawAnswer answer = gateway.send("GET /auth/see", each.getKey());
        while (answer.status() == 503) {
          Thread.sleep(20);
          answer = gateway.send("GET /auth/see", each.getKey());
        }
        assertEquals(each.getValue(), answer.header("x-seen").orElse(answer.toString()));
      }
    }
  }
}
