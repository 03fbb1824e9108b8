package dev.kinto.gateway.trial;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A promise that was broken.
 *
 * @param what in a sentence
 * @param proof the operations that show it
 */
record Violation(String session, String what, List<Operation> proof) {
  Violation {
    proof = List.copyOf(proof);
  }

  /** With the operations, one a line; times since the origin. */
  String describe(long origin) {
    return proof.stream()
        .sorted((a, b) -> Long.compare(a.begin(), b.begin()))
        .map(operation -> "\n    " + operation.describe(origin))
        .collect(Collectors.joining("", "session " + session + ": " + what, ""));
  }
}
