package dev.kinto.gateway.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code key}: what concerns the keys that sign tokens. */
@Command(
    name = "key",
    description = "Makes the keys that sign tokens.",
    subcommands = KeyCommand.New.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Usage.commandMissing(spec);
  }

  /** {@code key new}: a key of 256 random bits (contract C23). */
  @Command(
      name = "new",
      description = "Prints a new key and the lines for the configuration.",
      mixinStandardHelpOptions = true)
  static final class New implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      String id = "k" + RandomText.hex(4);
      String variable = "KINTO_KEY_" + id.toUpperCase(Locale.ROOT);
      out.println("Set this environment variable where the gateway runs:");
      out.println();
      out.println("  " + variable + "=" + RandomText.base64Url(32));
      out.println();
      out.println("and add to the configuration, first in the list to sign with it:");
      out.println();
      out.println("  tokens:");
      out.println("    keys:");
      out.println("      - { id: " + id + ", secret: \"${" + variable + "}\" }");
      out.println();
      out.println(
          "A gateway that runs gets no new variable: it must be restarted. To go on without that,");
      out.println("put the key into a file that only the user of the gateway can read, write");
      out.println(
          "secretFile and the file's path in place of secret and the variable, and reload.");
      return 0;
    }
  }
}
