package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client may have holds for all gateways together (contract C22). */
@Timeout(300)
class SessionCapsTest {
  private static final int CAP = 12;
  private static final int MOST_BYTES = 12_000;
  private static final int NOTE = 1_000;
  private static final int LEAST_SESSION = 140;

  @TempDir private Path folder;
  @AutoClose private RawUpstream upstream;

  @BeforeEach
  void startUpstream() throws IOException {
    upstream = RawUpstream.start();
    upstream.answers(
        "HTTP/1.1 200 OK\r\nnotes-text: %s\r\nContent-Length: 0\r\n\r\n"
            .formatted("x".repeat(NOTE)));
  }

  private TestGateway.Builder common(TestGateway.Builder builder) throws IOException {
    return builder
        .service(
            TestManifest.of("notes").route("POST /text").writes("notes-text").build(),
            upstream.uri())
        .client("waiting", "s");
  }

  private ThreeGateways start(ThreeGateways.Mode mode, String key, int value) throws Exception {
    return ThreeGateways.start(
        folder, mode, builder -> common(builder.clientKey(key, value).client("other", "s")));
  }

  /** A write makes it one that is used. */
  private static RawAnswer write(TestGateway gateway, String token) throws IOException {
    return gateway.send("POST /notes/text", token);
  }

  private static RawAnswer begin(TestGateway gateway) throws IOException {
    return gateway.issue(TestGateway.CLIENT, TestGateway.SECRET);
  }

  @ParameterizedTest
  @EnumSource
  void manyThatBeginEverywhereAtOnceKeepToTheCap(ThreeGateways.Mode mode) throws Exception {
    try (ThreeGateways three = start(mode, "maxUnusedSessions", CAP)) {
      String others = three.get(0).token("other", "s");
      List<String> tokens = three.begin(10 * CAP);
      assertEquals(10 * CAP, tokens.size(), "nobody is locked out");
      assertEquals(CAP, three.living(tokens).size());
      assertEquals(1, three.living(List.of(others)).size());
      List<String> used = three.living(tokens);
      for (String token : used) {
        assertEquals(200, write(three.get(0), token).status());
      }
      List<String> more = three.begin(CAP);
      assertEquals(more, three.living(more), "those that are used take no place");
      assertEquals(used, three.living(used));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereNoneIsUnusedTheNextIsRefusedUntilOneEnds(ThreeGateways.Mode mode) throws Exception {
    try (ThreeGateways three = start(mode, "maxSessions", CAP)) {
      List<String> used = new ArrayList<>();
      for (int i = 0; i < CAP; i++) {
        used.add(begin(three.get(i % 3)).json().path("token").stringValue());
        assertEquals(200, write(three.get((i + 1) % 3), used.getLast()).status());
      }
      for (int node = 0; node < 3; node++) {
        assertEquals("rate-limited", begin(three.get(node)).code());
      }
      assertEquals(used, three.living(used));
      for (int node = 0; node < 3; node++) {
        assertEquals(204, three.get(node).send("DELETE /auth", used.removeFirst()).status());
        RawAnswer next = begin(three.get((node + 1) % 3));
        assertEquals(200, next.status());
        used.add(next.json().path("token").stringValue());
        assertEquals(200, write(three.get(node), used.getLast()).status());
        assertEquals("rate-limited", begin(three.get(node)).code());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void parallelWritesTakeNoMoreBytesThanTheyMay(ThreeGateways.Mode mode) throws Exception {
    try (ThreeGateways three = start(mode, "maxSessionBytes", MOST_BYTES)) {
      List<String> tokens = three.begin(CAP);
      int room = MOST_BYTES - tokens.size() * LEAST_SESSION;
      List<RawAnswer> answers =
          ThreeGateways.atOnce(tokens.size(), i -> write(three.get(i % 3), tokens.get(i)));
      long written = answers.stream().filter(each -> each.status() == 200).count();
      assertTrue(written * NOTE <= room, written + " sessions of " + NOTE);
      assertTrue((written + 2) * NOTE >= room, written + " are fewer than have room");
      for (RawAnswer each : answers) {
        if (each.status() != 200) {
          assertEquals("grid-unavailable", each.code());
          assertTrue(each.text().contains("as much memory as they may"), each.text());
        }
      }
      String full =
          IntStream.range(0, tokens.size())
              .filter(i -> answers.get(i).status() == 200)
              .mapToObj(tokens::get)
              .findFirst()
              .orElseThrow();
      assertEquals(200, write(three.get(1), full).status(), "as large as before");
      assertEquals(204, three.get(2).send("DELETE /auth", full).status());
      String waits = begin(three.get(0)).json().path("token").stringValue();
      assertEquals(200, write(three.get(1), waits).status(), "there is room again");
    }
  }

  @Test
  void theCapHoldsWhileNodesComeAndGo() throws Exception {
    ThreeGateways.Mode mode = ThreeGateways.Mode.CLUSTER;
    try (ThreeGateways three = start(mode, "maxUnusedSessions", CAP)) {
      List<String> tokens = new ArrayList<>(three.begin(2 * CAP));
      // As a failure does it: without a word to the gateway, which joins again by itself.
      assertTrue(Ignition.stop(three.get(2).grid().name(), true));
      for (int i = 0; i < 2 * CAP; i++) {
        tokens.add(three.get(i % 2).token());
      }
      assertEquals(CAP, livingAt(three.get(0), tokens));
      three.awaitServing(2);
      tokens.addAll(three.begin(2 * CAP));
      assertEquals(CAP, three.living(tokens).size());
      three.stop(1);
      for (int i = 0; i < CAP + 1; i++) {
        tokens.add(three.get(2 * (i % 2)).token());
      }
      assertEquals(CAP, livingAt(three.get(0), tokens));
      three.startAgain(1);
      tokens.addAll(three.begin(3 * CAP));
      assertEquals(CAP, three.living(tokens).size());
    }
  }

  private static long livingAt(TestGateway gateway, List<String> tokens) throws IOException {
    long living = 0;
    for (String token : tokens) {
      living += gateway.get("/auth", token).status() == 200 ? 1 : 0;
    }
    return living;
  }

  /** C25: on all nodes, so that they stay ended if the client comes back. */
  @ParameterizedTest
  @EnumSource
  void sessionsOfARemovedClientEndEverywhere(ThreeGateways.Mode mode) throws Exception {
    try (ThreeGateways three = start(mode, "maxUnusedSessions", 1_000)) {
      List<String> removed = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        removed.add(three.get(i % 3).token("other", "s"));
      }
      List<String> kept = three.begin(30);
      for (int node = 0; node < 3; node++) {
        three.reload(node, mode, this::common);
      }
      for (int node = 0; node < 3; node++) {
        three.reload(node, mode, builder -> common(builder.client("other", "s")));
      }
      // A reload clears away beside the requests.
      while (!three.living(removed).isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertEquals(kept, three.living(kept));
      assertEquals(200, three.get(0).issue("other", "s").status());
    }
  }
}
