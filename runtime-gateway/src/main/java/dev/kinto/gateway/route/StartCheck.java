package dev.kinto.gateway.route;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.kinto.gateway.config.ConfigErrors;
import dev.kinto.gateway.config.EnvironmentConfig;
import dev.kinto.gateway.config.Place;
import dev.kinto.gateway.config.Places;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.contracts.Contracts;
import dev.kinto.gateway.contracts.Finding;
import dev.kinto.gateway.contracts.Summary;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells what {@code check} finds between the microservices of an environment: what is an error as a
 * problem with the manifest, the rest as warnings (contract C42).
 */
record StartCheck(
    EnvironmentConfig config, Places places, ConfigErrors problems, List<String> warnings) {

  /** What is wrong between the microservices is found where {@code check} finds it. */
  void check(Map<ServiceConfig, Manifest> manifests) {
    Set<String> known = manifests.keySet().stream().map(ServiceConfig::name).collect(toSet());
    Map<String, List<Finding>> byService =
        Contracts.of(
                manifests.values(),
                config.services().keySet().stream()
                    .filter(name -> !known.contains(name))
                    .map(MicroserviceName::new)
                    .toList())
            .checkForStart()
            .all()
            .stream()
            .collect(groupingBy(finding -> finding.place().file()));
    config
        .services()
        .forEach((name, service) -> tell(service, byService.getOrDefault(name, List.of())));
  }

  private void tell(ServiceConfig service, List<Finding> findings) {
    Place place = config.manifest(service, places);
    List<Finding> errors = findings.stream().filter(Finding::isError).toList();
    // Of one's own file all is told; a stranger's must not fill the log.
    List<String> lines =
        service.manifest().pulled()
            ? Summary.of(errors, StartCheck::line)
            : errors.stream().map(StartCheck::line).toList();
    lines.forEach(line -> problems.add(place, line, config.key(service) + ".manifest"));
    List<Finding> others = findings.stream().filter(finding -> !finding.isError()).toList();
    Summary.of(others, Finding::text).forEach(line -> warnings.add(place + ": " + line));
  }

  private static String line(Finding finding) {
    return finding.text() + finding.mend().map(mend -> " " + mend).orElse("");
  }
}
