package dev.kinto.gateway;

import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: runs a gateway until it is told to stop (contract C42). */
@Command(
    name = "serve",
    description =
        "Runs the gateway until it is told to stop. SIGTERM drains: running requests end.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration.")
  private Path config;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Logging.configure();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path file = config;
    if (!Files.isRegularFile(file)) {
      err.println(file + ": there is no such readable file.");
      return 2;
    }
    try (Gateway gateway =
        Gateway.start(GatewayConfig.read(file), text -> err.println("warning: " + text))) {
      out.println("api listening on " + gateway.api());
      out.println("public listening on " + gateway.publicApi());
      out.flush();
      awaitShutdown(gateway);
      return 0;
    } catch (InvalidConfigException e) {
      e.problems().forEach(err::println);
      err.println(e.problems().size() + " problem(s); the gateway was not started.");
      return 1;
    } catch (IOException e) {
      err.println("The gateway cannot start. " + e.getMessage());
      return 1;
    } catch (RuntimeException e) {
      err.println("The gateway cannot start: " + rootMessage(e));
      return 1;
    }
  }

  /**
   * Waits for ever. SIGTERM and SIGINT run the hook, which drains and then ends the JVM with 0;
   * left alone, the JVM would end with 143.
   */
  private static void awaitShutdown(Gateway gateway) {
    Thread drain =
        new Thread(
            () -> {
              gateway.close();
              Runtime.getRuntime().halt(0);
            },
            "kinto-drain");
    Runtime.getRuntime().addShutdownHook(drain);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
