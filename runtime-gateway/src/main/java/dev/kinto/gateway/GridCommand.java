package dev.kinto.gateway;

import dev.kinto.gateway.cli.CertificatesCommand;
import dev.kinto.gateway.config.DataNodeConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.log.Logging;
import dev.kinto.gateway.log.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code grid}: runs a data node without a gateway, and makes what nodes need (contract C41). */
@Command(
    name = "grid",
    description = {
      "Runs a data node without a gateway until it is told to stop; gateways with",
      "\"grid: { mode: client }\" use it. SIGTERM hands on what it has and leaves the grid."
    },
    subcommands = CertificatesCommand.class,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was told to stop, or the configuration is good",
      "1:the configuration is not good, or the node could not start",
      "2:wrong use"
    })
final class GridCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(GridCommand.class.getName());

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "The node's configuration: \"grid\" as a gateway has it, with a \"clientPort\", and if",
        "wanted \"dataDirectory\" and \"listeners: { admin: … }\", where its health is asked."
      })
  private @Nullable Path config;

  @Option(names = "--check", description = "Only check the configuration; start nothing.")
  private boolean checkOnly;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path file = config;
    if (file == null) {
      throw new ParameterException(
          spec.commandLine(), "Say which data node to run (--config FILE), or which command.");
    }
    if (!Files.isRegularFile(file)) {
      err.println(VisibleText.of(file + ": there is no such readable file."));
      return 2;
    }
    try {
      DataNodeConfig node = DataNodeConfig.read(file);
      if (checkOnly) {
        out.println(VisibleText.of(file + ": the configuration is good."));
      } else {
        run(node, out);
      }
      return 0;
    } catch (InvalidConfigException e) {
      Logging.flush(); // what was logged of it stands before
      e.problems().forEach(text -> err.println(VisibleText.of(text)));
      err.println(e.problems().size() + " problem(s); the data node was not started.");
      return 1;
    } catch (IOException | RuntimeException e) {
      Logging.flush();
      err.println(VisibleText.of("The data node cannot start. " + e.getMessage()));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void run(DataNodeConfig config, PrintWriter out)
      throws IOException, InterruptedException {
    StopSignals stop = StopSignals.taken();
    try (DataNode node = DataNode.start(config)) {
      Announcement.tell("grid node listening on " + node.address(), out);
      node.health().ifPresent(address -> Announcement.tell("admin listening on " + address, out));
      // As an idle gateway does, see ServeCommand.
      System.gc();
      stop.await();
      LOG.log(Level.INFO, "Leaving the grid: the others get what only this node has");
    }
  }
}
