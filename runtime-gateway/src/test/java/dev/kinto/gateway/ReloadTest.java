package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.SecretHash;
import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running gateway takes another configuration (contract C42). */
class ReloadTest {
  private static final Manifest SHOP =
      TestManifest.of("shop").route("GET /see").config("shade").build();
  private static final String OLD_KEY = "old-key-8f2b6c1d-of-32-characters";
  private static final String NEW_KEY = "new-key-5d7e9a3c-of-32-characters";

  @TempDir static Path folder;
  @AutoClose private static RawUpstream one;
  @AutoClose private static RawUpstream other;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    one = RawUpstream.start();
    other = RawUpstream.start();
    gateway = usual(one, "1").start();
  }

  @BeforeEach
  void backToUsual() throws Exception {
    gateway.reload(usual(one, "1"));
    one.reset();
    other.reset();
  }

  /** What every test begins with; the value of {@code shade} tells which state forwarded a call. */
  private static TestGateway.Builder usual(RawUpstream upstream, String shade) throws IOException {
    return TestGateway.in(folder)
        .tokenKey("old", OLD_KEY)
        .config("shade", shade)
        .service(SHOP, upstream.uri())
        .grants("shade");
  }

  private static RawAnswer see(String token) throws IOException {
    return gateway.exchange(request(token));
  }

  private static String request(String token) {
    return "GET /shop/see HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer " + token + "\r\n\r\n";
  }

  @Test
  void theNextRequestSeesTheNewState() throws Exception {
    String token = gateway.token();
    try (RawClient kept = gateway.connect()) {
      assertEquals(200, kept.exchange(request(token)).status());
      assertEquals(Optional.of("1"), one.take().header("shade"));
      Changes changes = gateway.reload(usual(other, "2"));
      assertEquals("environments: demo; services: demo/shop", changes.toString());
      assertEquals(200, kept.exchange(request(token)).status(), "on the same connection");
    }
    assertEquals(Optional.of("2"), other.take().header("shade"));
    assertEquals(List.of(), one.received());
  }

  @Test
  void aRequestUnderWayEndsInTheStateInWhichItBegan() throws Exception {
    String token = gateway.token();
    one.answers(
        (_, connection) -> {
          try {
            gateway.reload(TestGateway.in(folder).environment("elsewhere").client("c", "s"));
          } catch (InvalidConfigException e) {
            throw new AssertionError(e);
          }
          connection.send(RawUpstream.OK);
        });
    assertEquals("ok", see(token).text(), "its client and microservice are gone by now");
    assertEquals("token-invalid", see(token).code());
  }

  /**
   * Clients call without a pause, on kept connections and on new ones, while states are swapped.
   * The two states differ in upstream and in configuration value, and no request may see a mixture.
   */
  @Test
  void noRequestIsLostAndNoneSeesTwoStates() throws Exception {
    String token = gateway.token();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger mixtures = new AtomicInteger();
    one.answers(
        (request, connection) -> {
          mixtures.addAndGet(request.header("shade").equals(Optional.of("1")) ? 0 : 1);
          connection.send(RawUpstream.OK);
        });
    other.answers(
        (request, connection) -> {
          mixtures.addAndGet(request.header("shade").equals(Optional.of("2")) ? 0 : 1);
          connection.send(RawUpstream.OK);
        });
    Callable<Integer> caller =
        () -> {
          int calls = 0;
          while (!over.get()) {
            try (RawClient client = gateway.connect()) {
              for (int i = 0; i < 20; i++, calls++) {
                RawAnswer answer = client.exchange(request(token));
                assertEquals(200, answer.status(), answer.toString());
              }
            }
          }
          return calls;
        };
    int answered = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        callers.add(threads.submit(caller));
      }
      try {
        for (int swap = 0; swap < 100; swap++) {
          gateway.reload(swap % 2 == 0 ? usual(other, "2") : usual(one, "1"));
        }
      } finally {
        over.set(true);
      }
      for (Future<Integer> each : callers) {
        answered += each.get();
      }
    }
    assertEquals(0, mixtures.get());
    assertTrue(answered > 100, "only " + answered + " calls were made in the meantime");
    assertFalse(one.received().isEmpty());
    assertFalse(other.received().isEmpty());
  }

  /** All problems at once, and nothing of the new configuration is taken. */
  @Test
  void aBrokenConfigurationIsRefusedAndTheOldOneStays() throws Exception {
    String token = gateway.token();
    TestGateway.Builder broken = usual(other, "2").publicRoutes("GET /absent").grants();
    InvalidConfigException e =
        assertThrows(InvalidConfigException.class, () -> gateway.reload(broken));
    assertEquals(2, e.problems().size(), e.problems().toString());
    assertEquals(200, see(token).status());
    assertEquals(Optional.of("1"), one.take().header("shade"));
  }

  @Test
  void whatCannotChangeWhileItRunsIsRefusedByItsKey() throws Exception {
    TestGateway.Builder moved =
        usual(one, "1")
            .set("listeners.api.port", 1)
            .set("listeners.admin.port", 9191)
            .set("clientLimits.maxBodySize", "10 MiB")
            .set("clientLimits.maxConnections", 7)
            .set("maxCalls", 9)
            .set("drain.delay", "PT1S")
            .set("dataDirectory", folder.resolve("elsewhere").toString());
    InvalidConfigException e =
        assertThrows(InvalidConfigException.class, () -> gateway.reload(moved));
    Set<String> keys = new HashSet<>();
    for (String problem : e.problems()) {
      Matcher told =
          Pattern.compile(
                  ".*gateway\\.yaml:[0-9]+: (\\S+): this cannot change while the gateway runs\\."
                      + " Set it back, or restart the gateway\\.")
              .matcher(problem);
      assertTrue(told.matches(), problem);
      keys.add(told.group(1));
    }
    assertEquals(
        Set.of(
            "listeners.api.port",
            "listeners.admin.port",
            "clientLimits.maxBodySize",
            "clientLimits.maxConnections",
            "maxCalls",
            "drain.delay",
            "dataDirectory"),
        keys);
  }

  /** C42: the file, what cannot change, the manifests and the contracts in one list. */
  @Test
  void allThatIsWrongWithAReloadIsListedAtOnce() throws Exception {
    TestGateway.Builder broken =
        usual(one, "1")
            .publicRoutes("GET /absent")
            .set("listeners.api.port", 70000)
            .set("listeners.public.port", 1)
            .set("sesion", "x")
            .service("broken", "{", one.uri());
    String problems =
        assertThrows(InvalidConfigException.class, () -> gateway.reload(broken)).getMessage();
    for (String part :
        List.of(
            "listeners.api.port: a port from",
            "listeners.public.port: this cannot change",
            "sesion: this key is not known",
            "shop.public[0]: the manifest has no route",
            "demo-broken.json: line 1")) {
      assertTrue(problems.contains(part), problems);
    }
    assertEquals(5, problems.lines().count(), "the port that is wrong is not said to change");
  }

  /** C25: such a session has ended, and the client may begin another one. */
  @Test
  void aClientThatIsRemovedOrMovedLosesItsSessions() throws Exception {
    gateway.reload(usual(one, "1").client("mobile", "m"));
    String token = gateway.token("mobile", "m");
    assertEquals(200, see(token).status());

    Changes moved = gateway.reload(usual(one, "1").environment("other").client("mobile", "m"));
    assertEquals("environments: +other; clients: mobile", moved.toString());
    assertEquals("session-ended", see(token).code());
    assertEquals("service-unknown", see(gateway.token("mobile", "m")).code());

    assertEquals(
        "environments: -other; clients: -mobile", gateway.reload(usual(one, "1")).toString());
    assertEquals("session-ended", see(token).code());
    assertEquals(401, gateway.issue("mobile", "m").status());
  }

  /** Who removes a client because its secret is known may give the id to the same client again. */
  @Test
  void aSessionThatEndedWithItsClientStaysEnded() throws Exception {
    gateway.reload(usual(one, "1").client("mobile", "m"));
    String token = gateway.token("mobile", "m");
    gateway.reload(usual(one, "1"));
    gateway.reload(usual(one, "1").client("mobile", "another secret"));
    assertEquals("session-ended", see(token).code());
  }

  /** C23: the first key signs, all verify. */
  @Test
  void tokenKeysAreReplacedWithoutLoggingAnybodyOut() throws Exception {
    String before = gateway.token();
    Changes changes =
        gateway.reload(
            TestGateway.in(folder)
                .tokenKey("new", NEW_KEY)
                .tokenKey("old", OLD_KEY)
                .config("shade", "1")
                .service(SHOP, one.uri())
                .grants("shade"));
    assertEquals("token keys: new, old (before: old)", changes.toString());
    assertEquals(200, see(before).status());
    String after = gateway.token();
    assertTrue(after.startsWith("new."), "the first key signs");
    assertEquals(200, see(after).status());

    gateway.reload(usual(one, "1"));
    assertEquals("token-invalid", see(after).code(), "its key is gone");
  }

  /** C22: first both secrets are good, then only the new one; nobody is locked out in between. */
  @Test
  void aSecretIsReplacedAndSessionsGoOn() throws Exception {
    String token = gateway.token();
    String old = SecretHash.of(TestGateway.SECRET).toString();
    String next = SecretHash.of("next").toString();
    Changes changes = gateway.reload(usual(one, "1").clientKey("secretHash", List.of(next, old)));
    assertEquals("clients: demo-web", changes.toString());
    assertEquals(200, gateway.issue(TestGateway.CLIENT, TestGateway.SECRET).status());
    assertEquals(200, gateway.issue(TestGateway.CLIENT, "next").status());

    gateway.reload(usual(one, "1").clientKey("secretHash", next));
    assertEquals(401, gateway.issue(TestGateway.CLIENT, TestGateway.SECRET).status());
    assertEquals(200, gateway.issue(TestGateway.CLIENT, "next").status());
    assertEquals(200, see(token).status());
  }

  @Test
  void warningsAreRepeatedOnlyIfTheyAreNew() throws Exception {
    Manifest reader = TestManifest.of("reader").route("GET /x").reads("auth-userId").build();
    gateway.warnings().clear();
    gateway.reload(usual(one, "1").service(reader, one.uri()));
    assertEquals(1, gateway.warnings().size(), gateway.warnings().toString());
    gateway.reload(usual(one, "2").service(reader, one.uri()));
    assertEquals(1, gateway.warnings().size(), gateway.warnings().toString());
  }

  /**
   * The new state is in force then, and nobody is told otherwise: only the clearing away failed.
   */
  @Test
  void aGridThatIsLostHindersNoReload(@TempDir Path own) throws Exception {
    TestGateway.Builder without = TestGateway.in(own);
    TestGateway.Builder with = TestGateway.in(own).client("gone", "secret-of-gone");
    try (LogLines log = LogLines.open();
        TestGateway lost = with.start()) {
      lost.token("gone", "secret-of-gone");
      assertTrue(Ignition.stop(lost.grid().name(), true));

      assertEquals("clients: -gone", lost.reload(without).toString());
      String said = "The new state is in force, but what belonged to the one before could not be";
      assertEquals(1, log.with(said).size());
      assertEquals(401, lost.issue("gone", "secret-of-gone").status());

      assertEquals("nothing is different", lost.reload(without).toString());
      assertEquals(2, log.with(said).size(), "it is tried again");
    }
  }
}
