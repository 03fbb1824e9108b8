package dev.kinto.gateway;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The gateway as a program of its own, as this build has compiled it. It runs from jars and with an
 * AOT cache (JEP 514), as an installation does: a start takes half of the processor's time then,
 * and the tests make more than a hundred. Jar and cache are made once for each JVM of the tests.
 */
public final class GatewayProgram {
  private static final int TRAINING_LIMIT_SECONDS = 300;

  private GatewayProgram() {}

  /**
   * The command, to which the gateway's arguments are added.
   *
   * @param options more options of the JVM
   */
  public static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>(Made.JAVA);
    command.addAll(
        List.of(
            "-XX:AOTCache=" + Made.FOLDER.resolve("kinto.aot"),
            "-Xlog:aot*=off",
            "-Xlog:cds*=off"));
    command.addAll(options);
    command.add(Main.class.getName());
    return command;
  }

  /** What is made when it is first asked for. */
  private static final class Made {
    static final Path FOLDER = Path.of("target", "gateway-program").toAbsolutePath();
    static final List<String> JAVA;

    static {
      try {
        Files.createDirectories(FOLDER);
        JAVA = java(classPath());
        train();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private static List<String> java(String classPath) {
      List<String> java = new ArrayList<>();
      java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // The same doors that the executable jar's manifest opens.
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(argument -> argument.startsWith("--"))
          .forEach(java::add);
      java.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath));
      return List.copyOf(java);
    }

    /** Jars only, since the cache takes no folders. */
    private static String classPath() throws IOException {
      List<String> jars = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Path path = Path.of(entry);
        if (!Files.isDirectory(path)) {
          // What a library of the tests logs by is not in the executable jar's libs.
          if (!path.getFileName().toString().startsWith("slf4j-")) {
            jars.add(entry);
          }
        } else if (!path.endsWith("test-classes")) {
          jars.add(jar(path, FOLDER.resolve("classes-" + jars.size() + ".jar")).toString());
        }
      }
      return String.join(File.pathSeparator, jars);
    }

    private static Path jar(Path classes, Path jar) throws IOException {
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file);
          Stream<Path> found = Files.walk(classes)) {
        for (Path each : found.filter(Files::isRegularFile).sorted().toList()) {
          out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
          Files.copy(each, out);
          out.closeEntry();
        }
      }
      return jar;
    }

    private static void train() throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(JAVA);
      command.add("-XX:AOTCacheOutput=" + FOLDER.resolve("kinto.aot"));
      command.addAll(
          List.of(
              Main.class.getName(),
              "aot",
              "--train",
              Files.createTempDirectory(FOLDER, "run").toString()));
      Path log = FOLDER.resolve("training.log");
      Process training =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = training.waitFor(TRAINING_LIMIT_SECONDS, TimeUnit.SECONDS);
      training.destroyForcibly();
      if (!ended || training.exitValue() != 0) {
        throw new AssertionError("There is no AOT cache:\n" + Files.readString(log));
      }
    }
  }
}
