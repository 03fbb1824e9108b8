package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of routes (contract C8). */
class VersionTest {

  /** The order of semantic versioning 2.0.0, section 11, with its own examples. */
  @Test
  void versionsHaveTheOrderOfSemanticVersioning() {
    List<String> ordered =
        List.of(
            "0.0.0",
            "0.9.0",
            "0.10.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "2.0.0");
    List<Version> versions = new ArrayList<>();
    ordered.forEach(text -> versions.add(Version.parse(text).orElseThrow()));
    Collections.shuffle(versions, new Random(1));
    Collections.sort(versions);
    assertEquals(ordered, versions.stream().map(Version::toString).toList());
    assertEquals(Version.NONE, versions.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1.0", "v1.0.0", "1.0.0.0", "1.0.x", " 1.0.0", "1.0.99999999999"})
  void anythingElseIsNoVersion(String text) {
    assertEquals(Optional.empty(), Version.parse(text));
  }

  @Test
  void aPreReleaseIsLowerThanItsRelease() {
    Version release = Version.parse("1.0.0").orElseThrow();
    assertTrue(Version.parse("1.0.0-rc.1").orElseThrow().compareTo(release) < 0);
    assertTrue(release.compareTo(Version.parse("1.0.0-rc.1").orElseThrow()) > 0);
  }
}
