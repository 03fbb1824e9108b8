package dev.kinto.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of the jar in a JVM of its own, as an operator runs it. */
final class KintoProcess implements AutoCloseable {
  private static final int TIME_LIMIT_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private KintoProcess(Process process, Path err) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.err = err;
  }

  static KintoProcess start(Path folder, String... arguments) throws IOException {
    return start(folder, List.of(), List.of(), Map.of(), arguments);
  }

  /**
   * Starts a command.
   *
   * @param wrapper a program with its arguments that starts the JVM; none, if empty
   * @param options more options of the JVM
   * @param variables more environment variables
   */
  static KintoProcess start(
      Path folder,
      List<String> wrapper,
      List<String> options,
      Map<String, String> variables,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(GatewayProgram.command(options));
    command.addAll(List.of(arguments));
    Path err = Files.createTempFile(folder, "err", ".txt"); // processes may share a folder
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    return new KintoProcess(process, err);
  }

  /** A gateway that is ready; {@link #readLine} gave its addresses. */
  static KintoProcess serve(Path folder, Path config) throws IOException {
    return start(folder, "serve", "--config", config.toString());
  }

  /** The next line on standard output; null at its end. */
  String readLine() throws IOException {
    return out.readLine();
  }

  /** The address in the next line, which a listener prints when it is ready. */
  URI address(String listener) throws IOException {
    String line = readLine();
    String start = listener + " listening on ";
    if (line == null || !line.startsWith(start + "http://127.0.0.1:")) {
      throw new AssertionError("Found: " + line + "\n" + err());
    }
    return URI.create(line.substring(start.length()));
  }

  /** All that is left on standard output. */
  String out() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = out.read(); c >= 0; c = out.read()) {
      text.append((char) c);
    }
    return text.toString();
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** Waits until standard error has this text, and gives all of it. */
  String awaitErr(String text) throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (!err().contains(text)) {
      if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(TIME_LIMIT_SECONDS)) {
        throw new AssertionError("\"" + text + "\" was never said, but:\n" + err());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return err();
  }

  /** Sends a signal, for instance {@code HUP}. */
  void signal(String name) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new AssertionError("kill ended with " + exit);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The command did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
