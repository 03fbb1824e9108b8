package dev.kinto.gateway.trial;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** All operations of a trial. Safe for many threads. */
final class History {
  private final long origin = System.nanoTime();
  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

  /** When the trial began. */
  long origin() {
    return origin;
  }

  Operation add(Operation operation) {
    operations.add(operation);
    return operation;
  }

  Map<String, List<Operation>> bySession() {
    return operations.stream().collect(Collectors.groupingBy(Operation::session));
  }

  /** How many writes were acknowledged. */
  long acknowledgedWrites() {
    return operations.stream()
        .filter(operation -> operation.done() && !operation.values().isEmpty())
        .filter(operation -> operation.kind() != Operation.Kind.READ)
        .count();
  }

  /** How many calls were refused with a code. */
  long refused(String code) {
    return operations.stream().filter(operation -> operation.code().equals(code)).count();
  }

  /** How many reads were answered. */
  long answeredReads() {
    return operations.stream()
        .filter(operation -> operation.done() && operation.kind() == Operation.Kind.READ)
        .count();
  }
}
