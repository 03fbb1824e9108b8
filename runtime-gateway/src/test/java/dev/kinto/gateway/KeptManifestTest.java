package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last good manifest is kept for the next start (contract C42). */
class KeptManifestTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  @TempDir Path folder;

  private TestGateway.Builder usual() {
    return TestGateway.in(folder).set("manifests.pollInterval", "PT0.1S");
  }

  private static RawAnswer call(TestGateway gateway, String target) throws IOException {
    return gateway.get(target, gateway.token());
  }

  private static void awaitReady(TestGateway gateway, String target) throws Exception {
    long began = System.nanoTime();
    while (call(gateway, target).status() != 200) {
      assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(30), target);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static Manifest shop(String... reads) {
    TestManifest manifest = TestManifest.of("shop").route("GET /see");
    List.of(reads).forEach(manifest::mayRead);
    return manifest.build();
  }

  @Test
  void aRestartNeedsNoSource() throws Exception {
    try (ManifestServer source = ManifestServer.start().shows(shop("auth-plan"));
        ManifestServer upstream = ManifestServer.start()) {
      try (TestGateway gateway =
          usual().running("shop", upstream.uri()).serviceKey("manifest", source.url()).start()) {
        awaitReady(gateway, "/shop/see");
      }
      assertEquals(
          shop("auth-plan").toJson(),
          Files.readString(folder.resolve("data/manifests/demo/shop.json")));
      try (TestGateway gateway =
          usual()
              .running("shop", upstream.uri())
              .serviceKey("manifest", NOBODY + "/kinto.json")
              .start()) {
        assertEquals(200, call(gateway, "/shop/see").status(), "at once");
        assertEquals(List.of(), gateway.warnings());
      }
    }
  }

  /** What was trusted at first is not forgotten, and not widened by a restart. */
  @Test
  void aRestartTrustsNobodyWithMore() throws Exception {
    try (ManifestServer source = ManifestServer.start().shows(shop("auth-plan"));
        LogLines log = LogLines.open()) {
      try (TestGateway gateway = usual().running("shop", source.uri()).start()) {
        awaitReady(gateway, "/shop/see");
      }
      source.shows(shop("auth-plan", "auth-userId"));
      try (TestGateway gateway = usual().running("shop", source.uri()).start()) {
        log.await("reads \"auth-userId\", which earlier ones did not.");
        assertEquals(200, call(gateway, "/shop/see").status());
      }
      source.shows(shop());
      try (TestGateway gateway = usual().running("shop", source.uri()).start()) {
        log.await("no longer reads \"auth-plan\"");
        source.shows(shop("auth-plan"));
        log.await("now reads \"auth-plan\"");
        assertEquals(200, call(gateway, "/shop/see").status());
      }
    }
  }

  /** It is left out and stops no start. */
  @Test
  void whatDoesNotFitAnyMoreIsLeftOut() throws Exception {
    try (ManifestServer source = ManifestServer.start().shows(shop("auth-plan"))) {
      try (TestGateway gateway = usual().running("shop", source.uri()).start()) {
        awaitReady(gateway, "/shop/see");
      }
      Files.writeString(folder.resolve("data/manifests/demo/broken.json"), "{");
      source.shows(shop());
      try (TestGateway gateway =
          usual()
              .running("broken", NOBODY)
              .running("shop", NOBODY)
              .serviceKey("allowReads", List.of())
              .start()) {
        String warnings = String.join("\n", gateway.warnings());
        assertTrue(warnings.contains("broken.json: the manifest that was kept is left out"));
        assertTrue(warnings.contains("reads \"auth-plan\", which is not listed."), warnings);
        assertTrue(warnings.contains("demo/shop: the manifest that was kept does not fit"));
        assertEquals("service-not-ready", call(gateway, "/shop/see").code());
        assertEquals("service-not-ready", call(gateway, "/broken/see").code());
      }
    }
  }

  /** Each is told by itself, and what fits is in force. */
  @Test
  void ofSeveralThoseThatFitStay() throws Exception {
    Path kept = Files.createDirectories(folder.resolve("data/manifests/demo"));
    for (String name : List.of("one", "two", "three")) {
      Manifest manifest =
          TestManifest.of(name).route("GET /see").mayRead("auth-plan", "none").build();
      Files.writeString(kept.resolve(name + ".json"), manifest.toJson());
    }
    try (ManifestServer upstream = ManifestServer.start();
        TestGateway gateway =
            usual()
                .running("one", NOBODY)
                .serviceKey("allowReads", List.of())
                .running("two", upstream.uri())
                .serviceKey("manifest", NOBODY + "/kinto.json")
                .running("three", NOBODY)
                .serviceKey("allowReads", List.of())
                .start()) {
      assertEquals(200, call(gateway, "/two/see").status());
      assertEquals(503, call(gateway, "/one/see").status());
      assertEquals(503, call(gateway, "/three/see").status());
      for (String left : List.of("demo/one", "demo/three")) {
        assertEquals(
            1,
            gateway.warnings().stream()
                .filter(line -> line.startsWith(left + ": the manifest that was kept does not fit"))
                .count(),
            gateway.warnings()::toString);
      }
    }
  }

  /** A newer one is not the first because the last one was left out. */
  @Test
  void whatIsLeftOutLeavesNobodyTrustedWithMore() throws Exception {
    try (ManifestServer source = ManifestServer.start().shows(shop("auth-plan"));
        LogLines log = LogLines.open()) {
      try (TestGateway gateway = usual().running("shop", source.uri()).start()) {
        awaitReady(gateway, "/shop/see");
      }
      Files.writeString(folder.resolve("data/manifests/demo/shop.json"), "{");
      source.shows(shop("auth-userId"));
      try (TestGateway gateway = usual().running("shop", source.uri()).start()) {
        log.await("reads \"auth-userId\", which earlier ones did not.");
        assertEquals("service-not-ready", call(gateway, "/shop/see").code());
        source.shows(shop());
        awaitReady(gateway, "/shop/see");
      }
    }
  }
}
