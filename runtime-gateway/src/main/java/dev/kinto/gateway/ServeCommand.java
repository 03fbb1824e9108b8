package dev.kinto.gateway;

import dev.kinto.gateway.config.DrainConfig;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.disk.NotAFileException;
import dev.kinto.gateway.disk.RegularFile;
import dev.kinto.gateway.log.Logging;
import dev.kinto.gateway.log.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: runs a gateway until it is told to stop (contract C42). */
@Command(
    name = "serve",
    description = {
      "Runs the gateway until it is told to stop.",
      "SIGTERM drains: running requests end. SIGHUP or a changed file reloads."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      defaultValue = "${sys:kinto.config}",
      description = "The configuration.")
  private Path config;

  @Option(
      names = "--check",
      description = "Only check the configuration and its manifests; start nothing.")
  private boolean checkOnly;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path file = config;
    if (!Files.isRegularFile(file)) {
      err.println(VisibleText.of(file + ": " + noFile(file)));
      return 2;
    }
    if (checkOnly) {
      return check(file, out, err);
    }
    // Before the start: a signal that nobody handles would end the process.
    Semaphore reloads = new Semaphore(0);
    Signals.onEvenIfIgnored("HUP", reloads::release);
    try (Gateway gateway =
            Gateway.start(GatewayConfig.read(file), text -> LOG.log(Level.WARNING, text));
        Reloading _ = Reloading.start(file, gateway, reloads)) {
      StopSignals stop = StopSignals.taken();
      Announcement.tell("api listening on " + gateway.api(), out);
      Announcement.tell("public listening on " + gateway.publicApi(), out);
      Announcement.tell("admin listening on " + gateway.admin(), out);
      // The start leaves more garbage than an idle gateway needs heap: it goes back to the system.
      System.gc();
      stop.await();
      drain(gateway);
      return 0;
    } catch (InvalidConfigException e) {
      Logging.flush(); // what was logged of it stands before
      e.problems().forEach(text -> err.println(VisibleText.of(text)));
      err.println(e.problems().size() + " problem(s); the gateway was not started.");
      return 1;
    } catch (IOException | UncheckedIOException e) {
      Logging.flush();
      err.println(VisibleText.of("The gateway cannot start. " + e.getMessage()));
      return 1;
    } catch (RuntimeException | Error e) {
      Logging.flush();
      err.println(VisibleText.of("The gateway cannot start: " + rootMessage(e)));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /**
   * Serves on for a while as one that wants to be left alone; closing the gateway does the rest.
   */
  private static void drain(Gateway gateway) throws InterruptedException {
    DrainConfig drain = gateway.drainConfig();
    LOG.log(
        Level.INFO,
        "Draining: new connections are taken for {0} more, then running requests end within {1}",
        drain.delay(),
        drain.timeout());
    if (!drain.delay().isZero()) {
      gateway.drain();
      Thread.sleep(drain.delay());
    }
  }

  private static String noFile(Path path) {
    try {
      RegularFile.require(path);
      return "there is no such readable file.";
    } catch (NotAFileException e) {
      return e.getReason() + " Each reload reads it again.";
    }
  }

  private static int check(Path file, PrintWriter out, PrintWriter err) {
    try {
      List<String> warnings = Gateway.check(GatewayConfig.read(file));
      warnings.forEach(text -> err.println(VisibleText.of("warning: " + text)));
      out.println(file + ": the configuration and its manifests are good.");
      return 0;
    } catch (InvalidConfigException e) {
      e.problems().forEach(text -> err.println(VisibleText.of(text)));
      err.println(e.problems().size() + " problem(s).");
      return 1;
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return e.getCause() == null ? e.toString() : e.getMessage() + ": " + root.getMessage();
  }
}
