package dev.kinto.gateway.cli;

import picocli.CommandLine.Option;

/** How findings are shown, the same options for {@code check} and {@code diff}. */
final class FindingFormat {
  /** The forms of output. */
  enum Form {
    /** For people. */
    text,
    /** For scripts. */
    json,
    /** For code hosts and editors: SARIF 2.1.0. */
    sarif
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Form form;

  @Option(names = "--strict", description = "Warnings count like errors for the exit code.")
  boolean strict;
}
