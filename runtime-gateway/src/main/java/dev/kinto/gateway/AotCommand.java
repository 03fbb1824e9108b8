package dev.kinto.gateway;

import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.log.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code aot}: makes the JVM's cache of what a start needs. {@code bin/kinto} does it, with a JVM
 * that runs this command's training; it knows where the cache goes and uses it.
 */
@Command(
    name = "aot",
    description = {
      "Makes the AOT cache of the JVM, with which a start takes half of the time.",
      "The first \"serve\" does it as well, beside itself."
    },
    mixinStandardHelpOptions = true)
final class AotCommand implements Callable<Integer> {
  /**
   * It takes seconds, or minutes beside other work; whoever waits for it must not wait for ever.
   */
  private static final Duration LIMIT = Duration.ofMinutes(30);

  @Option(names = "--train", hidden = true, description = "Runs a gateway in this empty folder.")
  private @Nullable Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (folder == null) {
      throw new ParameterException(
          spec.commandLine(), "Only bin/kinto of the archive can make the cache.");
    }
    Thread.ofPlatform().daemon().start(AotCommand::giveUp);
    try {
      Training.run(folder);
      return 0;
    } catch (InvalidConfigException | IOException | RuntimeException e) {
      spec.commandLine().getErr().println(VisibleText.of("The training failed: " + e));
      return 1;
    }
  }

  private static void giveUp() {
    try {
      Thread.sleep(LIMIT);
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
