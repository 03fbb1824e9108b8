package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Write;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.RegisteredFields;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the writes of a set: owner, spelling, types, use (contract C1 to C4). */
final class WriteCheck {
  private final Services services;
  private final List<Finding> findings = new ArrayList<>();

  private WriteCheck(Services services) {
    this.services = services;
  }

  static List<Finding> of(Services services) {
    WriteCheck check = new WriteCheck(services);
    services.writes().forEach(check::check);
    return check.findings;
  }

  private void check(String folded, List<Write> writes) {
    Write first = writes.get(0);
    for (Write write : writes) {
      checkOwner(write);
      compare(write, first);
    }
    if (services.readsOf(folded).isEmpty()) {
      findings.add(
          Finding.of(FindingKind.WRITE_UNREAD, first.place("field"), first.write().field()));
    }
  }

  private void checkOwner(Write write) {
    FieldName field = write.write().field();
    boolean own =
        services
            .space()
            .owner(field.spelling())
            .filter(write.service().manifest().microservice()::equals)
            .isPresent();
    if (!own) {
      findings.add(
          Finding.of(
              FindingKind.FOREIGN_WRITE,
              write.place("field"),
              write.route().signature(),
              write.service().name(),
              field,
              owner(field)));
    }
  }

  private String owner(FieldName field) {
    if (RegisteredFields.contains(field.spelling())) {
      return "HTTP itself";
    }
    return services
        .space()
        .owner(field.spelling())
        .map(owner -> "\"" + owner + "\"")
        .orElse("no microservice of this set");
  }

  private void compare(Write write, Write first) {
    FieldName field = write.write().field();
    if (!write.write().type().equals(first.write().type())) {
      findings.add(
          Finding.of(
                  FindingKind.WRITE_TYPES_DIFFER,
                  write.place("type"),
                  write.call(),
                  field,
                  write.write().type(),
                  first.call(),
                  first.write().type())
              .with(seen(first, "type")));
    }
  }

  private static List<Finding.Related> seen(Write write, String part) {
    return List.of(new Finding.Related(write.place(part), write.call() + " sets it"));
  }
}
