package dev.kinto.gateway;

import dev.kinto.gateway.cli.AdminCommand;
import dev.kinto.gateway.cli.CheckCommand;
import dev.kinto.gateway.cli.ClientCommand;
import dev.kinto.gateway.cli.CompletionCommand;
import dev.kinto.gateway.cli.DiffCommand;
import dev.kinto.gateway.cli.GraphCommand;
import dev.kinto.gateway.cli.HealthCommand;
import dev.kinto.gateway.cli.ImportCommand;
import dev.kinto.gateway.cli.KeyCommand;
import dev.kinto.gateway.cli.WhyCommand;
import dev.kinto.gateway.log.Logging;
import dev.kinto.gateway.upstream.NameCache;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the executable jar (contract C41). */
@Command(
    name = "kinto-gateway",
    description = "A gateway that knows who is calling, so that microservices need not ask.",
    subcommands = {
      ServeCommand.class,
      CheckCommand.class,
      DiffCommand.class,
      GraphCommand.class,
      ImportCommand.class,
      ClientCommand.class,
      KeyCommand.class,
      AdminCommand.class,
      WhyCommand.class,
      GridCommand.class,
      HealthCommand.class,
      CompletionCommand.class,
      AotCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = ImplementationVersion.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:good", "1:found something", "2:wrong use"},
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs a command and ends with its exit code. */
  public static void main(String... args) {
    Logging.start();
    NameCache.turnOff();
    String name = System.getProperty("kinto.command", "kinto-gateway");
    int code = new CommandLine(new Main()).setCommandName(name).execute(args);
    Logging.flush();
    System.exit(code);
  }

  /** Without a command there is nothing to do but to show them. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command to run.");
  }
}
