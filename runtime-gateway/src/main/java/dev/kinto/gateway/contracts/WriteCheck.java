package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Write;
import dev.kinto.manifest.FieldName;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the writes of a set: types, use (contract C4). */
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
      compare(write, first);
    }
    if (services.readsOf(folded).isEmpty()) {
      findings.add(
          Finding.of(FindingKind.WRITE_UNREAD, first.place("field"), first.write().field()));
    }
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
