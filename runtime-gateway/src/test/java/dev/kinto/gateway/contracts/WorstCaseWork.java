package dev.kinto.gateway.contracts;

import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.util.List;
import java.util.Map;

/** What a gateway does with a manifest that a microservice shows. */
final class WorstCaseWork {
  private static final MicroserviceName SHOP = new MicroserviceName("shop");
  private static final MicroserviceName AUTH = new MicroserviceName("auth");

  private WorstCaseWork() {}

  /** Reads it and judges it beside what was there before: how many lines there are to say. */
  static int judge(String json, Map<String, String> others) {
    Manifest manifest;
    try {
      manifest = ManifestReader.read(json, SHOP, ManifestLimits.PULLED);
    } catch (InvalidManifestException e) {
      return Summary.lines(e.problems(), ManifestProblem::kind, ManifestProblem::text).size();
    }
    Contracts now = Contracts.of(List.of(manifest), List.of(AUTH));
    int lines = Summary.of(now.checkForStart().all(), Finding::text).size();
    for (String before : List.of("literals last", "one field of 5,000 types, set and read")) {
      Contracts old = Contracts.of(List.of(read(others.get(before))), List.of(AUTH));
      lines = Math.max(lines, Summary.of(old.diffTo(now).all(), Finding::text).size());
      lines = Math.max(lines, Summary.of(now.diffTo(old).all(), Finding::text).size());
    }
    return lines;
  }

  private static Manifest read(String json) {
    try {
      return ManifestReader.read(json, SHOP, ManifestLimits.PULLED);
    } catch (InvalidManifestException e) {
      throw new AssertionError(e);
    }
  }
}
