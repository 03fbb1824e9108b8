package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kinto.gateway.config.ConfigFuzz;
import dev.kinto.gateway.contracts.ManifestFuzz;
import dev.kinto.gateway.listen.RequestFuzz;
import dev.kinto.gateway.upstream.AnswerFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every fuzz target once over its seeds, among them what fuzzing has found. */
class FuzzSeedsTest {
  private static final Path SEEDS = Path.of("src/test/resources/fuzz");

  private static final Map<String, Target> TARGETS =
      Map.of(
          "TargetFuzz", TargetFuzz::fuzzerTestOneInput,
          "RequestFuzz", RequestFuzz::fuzzerTestOneInput,
          "AuthBodyFuzz", AuthBodyFuzz::fuzzerTestOneInput,
          "SessionValueFuzz", SessionValueFuzz::fuzzerTestOneInput,
          "ManifestFuzz", ManifestFuzz::fuzzerTestOneInput,
          "ConfigFuzz", ConfigFuzz::fuzzerTestOneInput,
          "AnswerFuzz", AnswerFuzz::fuzzerTestOneInput);

  /** What Jazzer calls. */
  @FunctionalInterface
  private interface Target {
    void run(byte[] bytes) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> everySeedOfEveryTarget() {
    return TARGETS.entrySet().stream()
        .flatMap(
            target ->
                seeds(target.getKey())
                    .map(
                        seed ->
                            DynamicTest.dynamicTest(
                                target.getKey() + " " + seed.getFileName(),
                                () -> target.getValue().run(Files.readAllBytes(seed)))));
  }

  private static Stream<Path> seeds(String target) {
    try (Stream<Path> files = Files.list(SEEDS.resolve(target))) {
      var seeds = files.sorted().toList();
      assertFalse(seeds.isEmpty(), target);
      return seeds.stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
