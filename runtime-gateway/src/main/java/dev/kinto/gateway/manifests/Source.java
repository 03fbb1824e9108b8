package dev.kinto.gateway.manifests;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.config.UpstreamTls;
import dev.kinto.gateway.contracts.InvalidManifestException;
import dev.kinto.gateway.contracts.ManifestLimits;
import dev.kinto.gateway.contracts.ManifestProblem;
import dev.kinto.gateway.contracts.ManifestReader;
import dev.kinto.gateway.contracts.Summary;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** One address that serves the manifest of a microservice, and what it said last. */
final class Source {
  private final HttpOrigin origin;
  private final String target;
  private final String name;
  private final UpstreamTls tls;
  private final MicroserviceName microservice;

  private Optional<String> text = Optional.empty();
  private Optional<String> tag = Optional.empty();
  private Optional<Manifest> manifest = Optional.empty();
  private String reason = "";
  private boolean silent;
  private String told = "";

  /**
   * A source.
   *
   * @param name how messages name it
   */
  Source(
      HttpOrigin origin,
      String target,
      String name,
      UpstreamTls tls,
      MicroserviceName microservice) {
    this.origin = origin;
    this.target = target;
    this.name = name;
    this.tls = tls;
    this.microservice = microservice;
  }

  /** Asks it again. */
  void ask(ManifestClient client, Judge judge) throws InterruptedException, ExecutionException {
    ManifestResponse answer = client.ask(origin, target, tls, tag);
    silent = answer instanceof ManifestResponse.Silence;
    switch (answer) {
      case ManifestResponse.Same _ -> {
        // It stands by what it said, be that good or not.
      }
      case ManifestResponse.Text found -> {
        tag = found.tag();
        judge.call(() -> read(found.text()));
      }
      case ManifestResponse.Unusable(String why) -> forget(why);
      case ManifestResponse.Silence(String why) -> forget(why);
    }
  }

  /** Reads what is not the same as before, and says whether it is a manifest. */
  private boolean read(String found) {
    if (text.filter(found::equals).isEmpty()) {
      text = Optional.of(found);
      try {
        manifest = Optional.of(ManifestReader.read(found, microservice, ManifestLimits.PULLED));
        reason = "";
      } catch (InvalidManifestException e) {
        manifest = Optional.empty();
        reason = "this is no manifest to use: " + String.join("; ", summary(e));
      }
    }
    return manifest.isPresent();
  }

  private static List<String> summary(InvalidManifestException e) {
    return Summary.lines(e.problems(), ManifestProblem::kind, ManifestProblem::toString);
  }

  private void forget(String why) {
    text = Optional.empty();
    tag = Optional.empty();
    manifest = Optional.empty();
    reason = why;
  }

  /** What it said last; empty if that was no manifest of this microservice. */
  Optional<Manifest> manifest() {
    return manifest;
  }

  /** Whether it could not even be connected to. */
  boolean silent() {
    return silent;
  }

  /** Whether it shows something that is no manifest of this microservice. */
  boolean isRefused() {
    return text.isPresent() && manifest.isEmpty();
  }

  /** Why there is no manifest, unless that was told before. */
  Optional<String> news() {
    if (manifest.isPresent()) {
      told = "";
      return Optional.empty();
    }
    if (reason.equals(told)) {
      return Optional.empty();
    }
    told = reason;
    return Optional.of(name + ": " + reason);
  }

  @Override
  public String toString() {
    return name;
  }
}
