package dev.kinto.gateway.cli;

import dev.kinto.gateway.config.SecretHash;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code admin}: what concerns the operators who ask the admin API. */
@Command(
    name = "admin",
    description = "Makes the secrets of operators, with which the admin API is asked.",
    subcommands = AdminCommand.New.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class AdminCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Usage.commandMissing(spec);
  }

  /** {@code admin new}: an operator's secret, which is shown this once (contract C44). */
  @Command(
      name = "new",
      description = "Prints a new operator's secret and the lines for the configuration.",
      mixinStandardHelpOptions = true)
  static final class New implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      String secret = RandomText.base64Url(32);
      SecretHash hash = SecretHash.of(secret);
      PrintWriter out = spec.commandLine().getOut();
      out.println("operator's secret: " + secret);
      out.println("its id in the log: " + hash.id());
      out.println();
      out.println("The secret is not stored anywhere. Add to the configuration, and reload:");
      out.println();
      out.println("  admin:");
      out.println("    secretHash: \"" + hash + "\"");
      out.println();
      out.println("Then ask the admin listener, for instance:");
      out.println();
      out.println(
          "  curl -H \"Authorization: Bearer $SECRET\" http://127.0.0.1:9090/api/environments");
      out.println();
      out.println("To replace a secret that is there, let both be good for a while:");
      out.println();
      out.println("    secretHash: [ \"" + hash + "\", \"sha256:<the old one>\" ]");
      return 0;
    }
  }
}
