package dev.kinto.gateway.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong use of a command: the message and the command's help, exit code 2 (contract C41). */
final class Usage {
  private Usage() {}

  static ParameterException commandMissing(CommandSpec spec) {
    return wrong(spec, "Say which command to run.");
  }

  static ParameterException wrong(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
