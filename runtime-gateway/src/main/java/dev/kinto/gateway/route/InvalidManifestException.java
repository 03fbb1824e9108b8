package dev.kinto.gateway.route;

import java.util.List;

/** A manifest that cannot be used; lists every reason. */
public final class InvalidManifestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidManifestException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, each with the place inside the manifest. */
  public List<String> problems() {
    return problems;
  }
}
