package dev.kinto.gateway.contracts;

import java.nio.charset.StandardCharsets;

/**
 * Fuzz target: manifests. One is read, or refused with what is wrong; one that was read is read the
 * same when it is written again (contract C12). How to run it: docs/hostile-input.md.
 */
public final class ManifestFuzz {
  private ManifestFuzz() {}

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    dev.kinto.manifest.Manifest manifest;
    try {
      manifest = ManifestReader.read(new String(bytes, StandardCharsets.UTF_8));
    } catch (InvalidManifestException e) {
      return;
    }
    String written = manifest.toJson();
    if (!ManifestReader.read(written).toJson().equals(written)) {
      throw new AssertionError(written);
    }
  }
}
