package dev.kinto.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code grid}: what concerns the nodes that keep the sessions. */
@Command(
    name = "grid",
    description = "Makes what the nodes of a grid need.",
    subcommands = CertificatesCommand.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class GridCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Usage.commandMissing(spec);
  }
}
