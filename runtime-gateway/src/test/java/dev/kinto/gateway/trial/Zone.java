package dev.kinto.gateway.trial;

import java.util.List;
import java.util.stream.Stream;

/**
 * The operations of one value, and the time between the first end and the last begin of them. If
 * the last begin is later, the register held the value all that time (a forward zone). If not, all
 * of them overlap, and there was a moment between the two at which it held it.
 */
final class Zone {
  final String value;
  private Operation firstEnd;
  private Operation lastBegin;

  Zone(String value, Operation write) {
    this.value = value;
    this.firstEnd = write;
    this.lastBegin = write;
  }

  /** When the operation was over. A write without an answer may take effect at any later time. */
  private static long end(Operation operation) {
    return operation.outcome() == Operation.Outcome.UNKNOWN ? Long.MAX_VALUE : operation.end();
  }

  void add(Operation operation) {
    if (end(operation) < end(firstEnd)) {
      firstEnd = operation;
    }
    if (operation.begin() > lastBegin.begin()) {
      lastBegin = operation;
    }
  }

  boolean forward() {
    return end(firstEnd) < lastBegin.begin();
  }

  /** The earlier bound. */
  long low() {
    return Math.min(end(firstEnd), lastBegin.begin());
  }

  /** The later bound. */
  long high() {
    return Math.max(end(firstEnd), lastBegin.begin());
  }

  List<Operation> proof() {
    return Stream.of(firstEnd, lastBegin).distinct().toList();
  }
}
