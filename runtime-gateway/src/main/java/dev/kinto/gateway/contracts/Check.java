package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Service;
import dev.kinto.manifest.MicroserviceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The check of a set of manifests, step by step. */
final class Check {
  private final List<ManifestFile> files;
  private final List<Finding> findings = new ArrayList<>();

  private Check(List<ManifestFile> files) {
    this.files = files;
  }

  static Findings of(List<ManifestFile> files) {
    return new Check(files).run();
  }

  /** The first steps only: whether each file can be used at all. */
  static Findings ofFiles(List<ManifestFile> files) {
    Check check = new Check(files);
    check.checkFiles();
    return new Findings(check.findings);
  }

  /**
   * What a start goes by (contract C42): whether the microservices keep to their own names, which
   * the gateway relies on, and as warnings which required fields nobody sets, since deployments may
   * be partial.
   */
  static Findings ofStart(Services services) {
    List<Finding> findings = new ArrayList<>(SpaceCheck.of(services));
    ReadCheck.missing(services).stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(finding -> finding.with(Severity.WARNING))
        .forEach(findings::add);
    return new Findings(findings);
  }

  private void checkFiles() {
    files.forEach(file -> findings.addAll(file.problems()));
    findTwins();
  }

  private Findings run() {
    checkFiles();
    Services services = Services.of(files);
    findings.addAll(SpaceCheck.of(services));
    findings.addAll(WriteCheck.of(services));
    findings.addAll(ReadCheck.of(services));
    findings.addAll(Reachability.of(services));
    findings.addAll(RouteCheck.of(services));
    return new Findings(findings);
  }

  private void findTwins() {
    Map<MicroserviceName, Service> first = new HashMap<>();
    for (ManifestFile file : files) {
      file.manifest()
          .map(manifest -> new Service(file, manifest))
          .ifPresent(
              service -> {
                Service twin = first.putIfAbsent(service.manifest().microservice(), service);
                if (twin != null) {
                  findings.add(
                      Finding.of(FindingKind.SERVICE_TWICE, file.microservice(), service.name())
                          .with(
                              List.of(
                                  new Finding.Related(
                                      twin.file().microservice(), "the first manifest"))));
                }
              });
    }
  }
}
