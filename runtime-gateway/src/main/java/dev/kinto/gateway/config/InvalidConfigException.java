package dev.kinto.gateway.config;

import java.util.List;

/** A configuration that cannot be used; lists every reason, each with its place. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** A configuration with at least one problem. */
  public InvalidConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, each as {@code file:line: key: what was found and the mend}. */
  public List<String> problems() {
    return problems;
  }
}
