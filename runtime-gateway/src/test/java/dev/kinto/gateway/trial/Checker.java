package dev.kinto.gateway.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks a history: each register of each session must be linearizable, over all gateways together,
 * and no session may be lost or come back.
 */
final class Checker {
  private Checker() {}

  static List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    history
        .bySession()
        .forEach(
            (session, operations) -> {
              found.addAll(new LifeCheck(session, operations).violations());
              for (String register : registers(operations)) {
                found.addAll(new RegisterCheck(session, register, operations).violations());
              }
            });
    return found;
  }

  private static Set<String> registers(List<Operation> operations) {
    Set<String> registers = new TreeSet<>();
    operations.forEach(operation -> registers.addAll(operation.values().keySet()));
    return registers;
  }
}
