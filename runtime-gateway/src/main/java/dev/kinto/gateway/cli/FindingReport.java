package dev.kinto.gateway.cli;

import dev.kinto.gateway.contracts.Findings;
import dev.kinto.gateway.contracts.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine.Model.CommandSpec;

/** The end of {@code check} and {@code diff}: findings are shown and become an exit code (C41). */
final class FindingReport {
  private static final int GOOD = 0;
  private static final int FOUND = 1;
  private static final int WRONG_USE = 2;

  /** What is found by reading files. */
  interface Work {
    Findings find() throws IOException;
  }

  private FindingReport() {}

  /**
   * Does the work and reports it.
   *
   * @param nothing the sentence for people if nothing was found
   */
  static int of(Work work, FindingFormat format, CommandSpec spec, String nothing) {
    Findings findings;
    try {
      findings = work.find();
    } catch (IOException e) {
      return unreadable(e, spec);
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (format.form) {
      case text ->
          new FindingPrinter(out, spec.commandLine().getColorScheme().ansi())
              .print(findings, nothing);
      case json -> out.println(findings.toJson());
      case sarif -> out.println(findings.toSarif());
    }
    boolean bad =
        findings.count(Severity.ERROR) > 0
            || (format.strict && findings.count(Severity.WARNING) > 0);
    return bad ? FOUND : GOOD;
  }

  /** Says what could not be read. */
  static int unreadable(IOException e, CommandSpec spec) {
    String message =
        switch (e) {
          case NoSuchFileException absent -> "there is no file or folder " + absent.getFile();
          case FileSystemException unusable -> "cannot use " + unusable.getMessage();
          default -> e.getMessage();
        };
    spec.commandLine().getErr().println("error: " + message);
    return WRONG_USE;
  }
}
