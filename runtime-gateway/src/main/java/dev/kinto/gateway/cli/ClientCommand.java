package dev.kinto.gateway.cli;

import dev.kinto.gateway.config.SecretHash;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code client}: what concerns the applications that may call. */
@Command(
    name = "client",
    description = "Makes clients: the applications that may obtain tokens.",
    subcommands = ClientCommand.New.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ClientCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Usage.commandMissing(spec);
  }

  /** {@code client new}: a new client with its secret, which is shown this once (contract C22). */
  @Command(
      name = "new",
      description = "Prints a new client id and secret, and the lines for the configuration.",
      mixinStandardHelpOptions = true)
  static final class New implements Callable<Integer> {
    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "The client's id; a random one if absent.")
    private @Nullable String id;

    @Option(
        names = "--environment",
        paramLabel = "NAME",
        defaultValue = "demo",
        description = "The environment that it may call (default: ${DEFAULT-VALUE}).")
    private String environment;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      String clientId = id == null ? "client-" + RandomText.hex(6) : id;
      if (!clientId.matches("[A-Za-z0-9_-]{1,64}")) {
        throw Usage.wrong(
            spec,
            "--id must be 1 to 64 letters, digits, \"_\" or \"-\". Found: \"" + clientId + "\"");
      }
      String secret = RandomText.base64Url(32);
      PrintWriter out = spec.commandLine().getOut();
      out.println("client id:     " + clientId);
      out.println("client secret: " + secret);
      out.println();
      out.println("The secret is not stored anywhere. Add to clients: in the configuration:");
      out.println();
      out.println("  - id: " + clientId);
      out.println("    environment: " + environment);
      out.println("    secretHash: \"" + SecretHash.of(secret) + "\"");
      out.println();
      out.println("To replace the secret of a client that is there, let both be good for a while:");
      out.println();
      out.println(
          "    secretHash: [ \"" + SecretHash.of(secret) + "\", \"sha256:<the old one>\" ]");
      return 0;
    }
  }
}
