package dev.kinto.gateway.dist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** {@code bin/kinto serve}, as it runs. */
final class Serving implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Process process;
  private final Path out;
  private final Path err;

  private Serving(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts one and waits until it listens everywhere. */
  static Serving start(Installation installation, Map<String, String> variables, Path folder)
      throws Exception {
    Path out = folder.resolve("serve.out");
    Path err = folder.resolve("serve.err");
    Process process =
        Installation.start(
            folder, variables, out, err, installation.file("bin/kinto").toString(), "serve");
    Serving serving = new Serving(process, out, err);
    try {
      await(() -> serving.out().contains("admin listening on ") || !process.isAlive());
      if (!process.isAlive()) {
        throw new AssertionError(serving.err());
      }
      return serving;
    } catch (Exception | AssertionError e) {
      serving.close();
      throw e;
    }
  }

  static void await(Callable<Boolean> condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        throw new AssertionError("Waited in vain");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  long pid() {
    return process.pid();
  }

  String out() throws Exception {
    return Files.readString(out);
  }

  String err() throws Exception {
    return Files.readString(err);
  }

  /** SIGTERM, and its good end. */
  void stop() throws Exception {
    process.destroy();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("It did not end well: " + err());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
