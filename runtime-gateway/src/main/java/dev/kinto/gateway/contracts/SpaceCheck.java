package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Service;
import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.RegisteredFields;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether each microservice keeps to its own names: what it sets, what it asks the environment for,
 * and what it documents (contract C1, C3, C9).
 */
final class SpaceCheck {
  private final Services services;
  private final List<Finding> findings = new ArrayList<>();

  private SpaceCheck(Services services) {
    this.services = services;
  }

  static List<Finding> of(Services services) {
    SpaceCheck check = new SpaceCheck(services);
    for (Service service : services.all()) {
      service.manifest().routes().forEach(route -> check.check(service, route));
    }
    return check.findings;
  }

  private void check(Service service, Route route) {
    route.writes().forEach(write -> checkWrite(service, route, write.field()));
    route.config().forEach(config -> checkConfig(service, route, config.field().spelling()));
    // A header's name means the session's field in every spelling, other names in their own.
    for (DocumentedField header : route.documentation().headers()) {
      checkDocumented(service, route, "headers", header.name(), owner(header.name()));
    }
    checkDocumented(service, route, "results", route.documentation().results());
    checkDocumented(service, route, "errors", route.documentation().errors());
    checkDocumented(
        service,
        route,
        "parameters",
        route.documentation().parameters().stream()
            .filter(parameter -> !parameter.group().equals("Url"))
            .toList());
  }

  private Optional<MicroserviceName> owner(String name) {
    return services.space().owner(name);
  }

  private void checkWrite(Service service, Route route, FieldName field) {
    Optional<MicroserviceName> owner = owner(field.spelling());
    if (owner.filter(service.manifest().microservice()::equals).isEmpty()) {
      findings.add(
          Finding.of(
              FindingKind.FOREIGN_WRITE,
              service.file().field(route, "writes", field.spelling(), "field"),
              route.signature(),
              service.name(),
              field,
              RegisteredFields.contains(field.spelling())
                  ? "HTTP itself"
                  : owner.map(name -> "\"" + name + "\"").orElse("no microservice of this set")));
    }
  }

  private void checkConfig(Service service, Route route, String name) {
    owner(name)
        .ifPresent(
            owner ->
                findings.add(
                    Finding.of(
                        FindingKind.CONFIG_IN_SESSION,
                        service.file().field(route, "config", name, "field"),
                        service.call(route),
                        name,
                        owner)));
  }

  private void checkDocumented(
      Service service, Route route, String list, List<DocumentedField> fields) {
    for (DocumentedField field : fields) {
      String name = field.name().toLowerCase(Locale.ROOT);
      checkDocumented(
          service,
          route,
          list,
          field.name(),
          owner(name).filter(owner -> name.startsWith(owner.prefix())));
    }
  }

  private void checkDocumented(
      Service service, Route route, String list, String name, Optional<MicroserviceName> owner) {
    owner
        .filter(other -> !other.equals(service.manifest().microservice()))
        .ifPresent(
            other ->
                findings.add(
                    Finding.of(
                        FindingKind.DOCUMENTED_IN_SESSION,
                        service.file().field(route, list, name, "field"),
                        service.call(route),
                        name,
                        other)));
  }
}
