package dev.kinto.gateway.trial;

import static java.util.Comparator.comparingLong;

import dev.kinto.gateway.trial.Operation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks that one register of one session is linearizable. Each value is written once only, so that
 * a read tells which write it saw, and the check of Gibbons and Korach ("Testing Shared Memories",
 * SIAM J. Comput. 26, 1997) is exact and takes n log n: no two values may hold at one time, and no
 * value's whole time may lie within that of another. A write of unknown outcome that nobody saw
 * need not have happened; one that was seen happened before that.
 *
 * <p>It implies read-your-writes over all gateways, monotonic reads, no lost write and no stale
 * read.
 */
final class RegisterCheck {
  private final String session;
  private final String register;
  private final boolean ofSettledWrites;
  private final Map<String, Operation> writes = new HashMap<>();
  private final Map<String, Zone> zones = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  /**
   * Checks a register.
   *
   * @param ofSettledWrites whether reads are left out whose write had not been answered yet when
   *     they were: at a cut such a write may be undone (docs/grid.md)
   */
  RegisterCheck(
      String session, String register, List<Operation> operations, boolean ofSettledWrites) {
    this.session = session;
    this.register = register;
    this.ofSettledWrites = ofSettledWrites;
    operations.stream().filter(this::isWrite).forEach(this::addWrite);
    operations.stream().filter(this::isRead).forEach(this::addRead);
    zones.values().removeIf(zone -> !countsAlone(zone.value) && !seen.contains(zone.value));
  }

  /** A session begins with empty registers. */
  private boolean isWrite(Operation operation) {
    return operation.kind() != Kind.READ
        && (operation.kind() == Kind.BEGIN || operation.values().containsKey(register));
  }

  private boolean isRead(Operation operation) {
    return operation.kind() == Kind.READ
        && operation.done()
        && operation.values().containsKey(register);
  }

  private static String valueOf(Operation operation, String register) {
    return operation.values().getOrDefault(register, "");
  }

  private void addWrite(Operation write) {
    String value = valueOf(write, register);
    writes.put(value, write);
    if (write.mayHaveHappened()) {
      zones.put(value, new Zone(value, write));
    }
  }

  private boolean countsAlone(String value) {
    Operation write = writes.get(value);
    return write != null && write.done();
  }

  private void addRead(Operation read) {
    String value = valueOf(read, register);
    Zone zone = zones.get(value);
    if (zone == null) {
      add(strange(value), Stream.of(read));
      return;
    }
    Operation write = writes.get(value);
    if (write != null && read.end() < write.begin()) {
      add("\"" + value + "\" was read before it was written", Stream.of(read, write));
    }
    if (ofSettledWrites && write != null && read.end() < write.end()) {
      return;
    }
    seen.add(value);
    zone.add(read);
  }

  private String strange(String value) {
    if (writes.containsKey(value)) {
      return "\"" + value + "\" was read although its write was refused";
    }
    if (!value.startsWith(session + ".")) {
      return "\"" + value + "\" was read, which is another session's or nobody's";
    }
    return "\"" + value + "\" was read, which was never written";
  }

  List<Violation> violations() {
    List<Zone> forward =
        zones.values().stream().filter(Zone::forward).sorted(comparingLong(Zone::low)).toList();
    for (int i = 1; i < forward.size(); i++) {
      if (forward.get(i).low() < forward.get(i - 1).high()) {
        conflict(forward.get(i - 1), forward.get(i));
      }
    }
    zones.values().stream()
        .filter(zone -> !zone.forward())
        .forEach(zone -> checkBackward(zone, forward));
    return violations;
  }

  private void checkBackward(Zone inner, List<Zone> forward) {
    forward.stream()
        .filter(outer -> outer.low() < inner.low() && inner.high() < outer.high())
        .findFirst()
        .ifPresent(outer -> conflict(outer, inner));
  }

  private void conflict(Zone one, Zone other) {
    add(
        "\"" + one.value + "\" and \"" + other.value + "\" cannot be put in an order",
        Stream.of(one, other).flatMap(this::withWrite));
  }

  private Stream<Operation> withWrite(Zone zone) {
    return Stream.concat(Stream.ofNullable(writes.get(zone.value)), zone.proof().stream())
        .distinct();
  }

  private void add(String what, Stream<Operation> proof) {
    violations.add(new Violation(session, register + ": " + what, proof.toList()));
  }
}
