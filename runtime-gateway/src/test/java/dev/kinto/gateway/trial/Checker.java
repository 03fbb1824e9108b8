package dev.kinto.gateway.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks a history: each register of each session must be linearizable, over all gateways together,
 * and no session may be lost or come back.
 *
 * @param violations what breaks a promise
 * @param undone what breaks none: reads that saw a write before it was answered, which a gateway
 *     that was cut off then undid
 */
record Checker(List<Violation> violations, List<Violation> undone) {
  Checker {
    violations = List.copyOf(violations);
    undone = List.copyOf(undone);
  }

  static Checker check(History history) {
    List<Violation> violations = new ArrayList<>();
    List<Violation> undone = new ArrayList<>();
    history
        .bySession()
        .forEach(
            (session, operations) -> {
              violations.addAll(new LifeCheck(session, operations).violations());
              for (String register : registers(operations)) {
                List<Violation> all =
                    new RegisterCheck(session, register, operations, false).violations();
                List<Violation> settled =
                    new RegisterCheck(session, register, operations, true).violations();
                violations.addAll(settled);
                undone.addAll(settled.isEmpty() ? all : List.of());
              }
            });
    return new Checker(violations, undone);
  }

  private static Set<String> registers(List<Operation> operations) {
    Set<String> registers = new TreeSet<>();
    operations.forEach(operation -> registers.addAll(operation.values().keySet()));
    return registers;
  }
}
