package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Service;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The difference between two sets of manifests: first the microservices, then their addresses. */
final class Diff {
  private final Services older;
  private final Services newer;
  private final FieldUsers users;
  private final List<Finding> findings = new ArrayList<>();

  private Diff(Services older, Services newer, boolean set) {
    this.older = older;
    this.newer = newer;
    this.users = new FieldUsers(newer, set);
  }

  /**
   * Compares.
   *
   * @param set whether all readers are known: those in the newer files
   */
  static Findings of(List<ManifestFile> older, List<ManifestFile> newer, boolean set) {
    Diff diff = new Diff(Services.of(older), Services.of(newer), set);
    older.forEach(file -> diff.findings.addAll(file.problems()));
    newer.forEach(file -> diff.findings.addAll(file.problems()));
    diff.compare(older, newer);
    return new Findings(diff.findings);
  }

  private void compare(List<ManifestFile> olderFiles, List<ManifestFile> newerFiles) {
    Predicate<MicroserviceName> brokenBefore = broken(olderFiles);
    Predicate<MicroserviceName> brokenAfter = broken(newerFiles);
    for (Service before : older.all()) {
      MicroserviceName name = before.manifest().microservice();
      Optional<Service> after = newer.named(name);
      if (after.isPresent()) {
        findings.addAll(ServiceDiff.of(before, after.get(), users));
      } else if (!brokenAfter.test(name)) {
        remove(before);
      }
    }
    for (Service after : newer.all()) {
      MicroserviceName name = after.manifest().microservice();
      if (older.named(name).isEmpty() && !brokenBefore.test(name)) {
        findings.add(
            Finding.of(FindingKind.SERVICE_ADDED, after.file().microservice(), after.name()));
      }
    }
  }

  /** Whether a microservice may be there, in a file that is no good, which was said. */
  private static Predicate<MicroserviceName> broken(List<ManifestFile> files) {
    Set<MicroserviceName> named =
        files.stream()
            .flatMap(file -> file.brokenMicroservice().stream())
            .collect(Collectors.toSet());
    boolean anybody = files.stream().anyMatch(ManifestFile::isOfNobody);
    return name -> anybody || named.contains(name);
  }

  private void remove(Service service) {
    findings.add(
        Finding.of(
            FindingKind.SERVICE_REMOVED,
            service.file().microservice(),
            service.name(),
            service.manifest().routes().size()));
    for (Route route : service.manifest().routes()) {
      findings.addAll(users.writesLost(service, route));
    }
  }
}
