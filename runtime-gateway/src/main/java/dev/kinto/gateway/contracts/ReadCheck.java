package dev.kinto.gateway.contracts;

import dev.kinto.declaration.Nearest;
import dev.kinto.gateway.contracts.Services.Read;
import dev.kinto.gateway.contracts.Services.Write;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.RegisteredFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with the reads of a set: producer, spelling, types (contract C2, C4, C6). */
final class ReadCheck {
  /**
   * With how many of a field's types a read is compared. Each write of another type than the first
   * is found anyway.
   */
  private static final int MOST_TYPES = 8;

  private final Services services;
  private final Map<MicroserviceName, List<String>> owned = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private ReadCheck(Services services) {
    this.services = services;
  }

  static List<Finding> of(Services services) {
    ReadCheck check = new ReadCheck(services);
    services.reads().forEach(check::check);
    return check.findings;
  }

  /** Only the reads of what nobody sets. */
  static List<Finding> missing(Services services) {
    ReadCheck check = new ReadCheck(services);
    services.reads().forEach(check::checkProducer);
    return check.findings;
  }

  private void checkProducer(String folded, List<Read> reads) {
    if (services.writesOf(folded).isEmpty()) {
      reads.forEach(this::addMissing);
    }
  }

  private void check(String folded, List<Read> reads) {
    checkProducer(folded, reads);
    List<Write> writes = services.writesOf(folded);
    if (writes.isEmpty()) {
      return;
    }
    boolean certain = writes.stream().anyMatch(write -> !write.write().optional());
    Map<FieldType, Write> types = new LinkedHashMap<>();
    for (Write write : writes) {
      if (types.size() < MOST_TYPES) {
        types.putIfAbsent(write.write().type(), write);
      }
    }
    for (Read read : reads) {
      checkSpelling(read, writes.get(0));
      if (!certain && read.read().required()) {
        addUncertain(read, writes);
      }
      types.forEach((type, write) -> compare(read, write));
    }
  }

  private void addMissing(Read read) {
    findings.add(
        Finding.of(
            read.read().required()
                ? FindingKind.READ_WITHOUT_PRODUCER
                : FindingKind.OPTIONAL_READ_WITHOUT_PRODUCER,
            read.place("field"),
            read.call(),
            read.read().field(),
            whyNobody(read.read().field())));
  }

  private String whyNobody(FieldName field) {
    if (RegisteredFields.contains(field.spelling())) {
      return "it is a registered HTTP field, which is no session field.";
    }
    return services
        .space()
        .owner(field.spelling())
        .map(owner -> "\"" + owner + "\" " + whyNot(owner, field))
        .orElse("no microservice of this set owns the name.");
  }

  private String whyNot(MicroserviceName owner, FieldName field) {
    return services.isUnknown(owner)
        ? "has not shown its manifest yet."
        : "does not." + didYouMean(field, owner);
  }

  private String didYouMean(FieldName field, MicroserviceName owner) {
    List<String> names =
        owned.computeIfAbsent(
            owner,
            name ->
                services.writes().keySet().stream()
                    .filter(each -> each.startsWith(name.prefix()))
                    .sorted()
                    .toList());
    return Nearest.to(field.folded(), names)
        .map(near -> " Did you mean \"" + services.writesOf(near).get(0).write().field() + "\"?")
        .orElse("");
  }

  private void checkSpelling(Read read, Write write) {
    String wanted = read.read().field().spelling();
    String sent = write.write().field().spelling();
    // Case is no matter: every server compares the names of HTTP fields without it.
    if (!wanted.equalsIgnoreCase(sent)) {
      findings.add(
          Finding.of(FindingKind.READ_SPELLING, read.place("field"), read.call(), wanted, sent)
              .with(setBy(write, "field")));
    }
  }

  private void addUncertain(Read read, List<Write> writes) {
    findings.add(
        Finding.of(
            FindingKind.ONLY_OPTIONAL_PRODUCER,
            read.place("field"),
            read.call(),
            read.read().field(),
            Services.calls(writes, Write::call)));
  }

  private void compare(Read read, Write write) {
    TypeAgreement agreement = read.accepts(write.write().type());
    FindingKind kind =
        switch (agreement.verdict()) {
          case AGREES -> null;
          case FITS_AS_OTHER_TYPE -> FindingKind.READ_AS_OTHER_TYPE;
          case OTHER_TYPE -> FindingKind.READ_TYPE;
          case OTHER_RANGE -> FindingKind.READ_RANGE;
        };
    if (kind != null) {
      findings.add(
          Finding.of(
                  kind,
                  read.place("type"),
                  read.call(),
                  read.read().field(),
                  read.read().type(),
                  write.call(),
                  write.write().type(),
                  agreement.reason())
              .with(setBy(write, "type")));
    }
  }

  private static List<Finding.Related> setBy(Write write, String part) {
    return List.of(new Finding.Related(write.place(part), write.call() + " sets it"));
  }
}
