package dev.kinto.gateway.contracts;

import java.util.List;
import java.util.stream.Collectors;

/** A manifest that cannot be used; lists every reason. */
public final class InvalidManifestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ManifestProblem> problems;

  /** A manifest with at least one problem. */
  public InvalidManifestException(List<ManifestProblem> problems) {
    super(problems.stream().map(ManifestProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong. */
  public List<ManifestProblem> problems() {
    return problems;
  }
}
