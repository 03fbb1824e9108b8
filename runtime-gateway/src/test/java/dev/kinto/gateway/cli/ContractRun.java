package dev.kinto.gateway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/**
 * One run of a command with what it printed.
 *
 * @param exit the exit code
 * @param out standard output
 * @param err standard error
 */
record ContractRun(int exit, String out, String err) {
  static final Path CASES = Path.of("src/test/resources/contracts");

  static ContractRun of(Object command, Object... arguments) {
    return of(command, CommandLine.Help.Ansi.OFF, arguments);
  }

  static ContractRun of(Object command, CommandLine.Help.Ansi ansi, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
            .setCaseInsensitiveEnumValuesAllowed(false)
            .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    return new ContractRun(exit, text(out), text(err));
  }

  private static String text(StringWriter writer) {
    return writer.toString().replace(System.lineSeparator(), "\n");
  }
}
