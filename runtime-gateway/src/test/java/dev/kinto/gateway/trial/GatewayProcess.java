package dev.kinto.gateway.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own. All that it says goes to one file, start after start. */
final class GatewayProcess {
  private static final int STOP_LIMIT_SECONDS = 120;

  private final List<String> command;
  private final Path log;
  private Process process;

  private GatewayProcess(List<String> command, Path log) throws IOException {
    this.command = command;
    this.log = log;
    this.process = launch();
  }

  /**
   * Starts one.
   *
   * @param command the whole command
   * @param log standard output and error are added to it
   */
  static GatewayProcess start(List<String> command, Path log) throws IOException {
    return new GatewayProcess(new ArrayList<>(command), log);
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Takes another jar at the next start. */
  void use(String jar) {
    command.set(command.indexOf("-jar") + 1, jar);
  }

  /** Starts it again after it ended. */
  void startAgain() throws IOException {
    if (process.isAlive()) {
      throw new IllegalStateException("It runs");
    }
    process = launch();
  }

  /** Ends it as a loss of power does, and waits for the end. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends SIGTERM and waits for the end, which must be a good one. */
  void terminate() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException(
          "It did not end within %d s:\n%s".formatted(STOP_LIMIT_SECONDS, said()));
    }
    if (process.exitValue() != 0) {
      throw new IOException("It ended with " + process.exitValue() + ":\n" + said());
    }
  }

  /** Sends a signal, for instance {@code STOP}. */
  void signal(String name) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new IOException("kill ended with " + exit);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The end of what it said. */
  String said() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }
}
