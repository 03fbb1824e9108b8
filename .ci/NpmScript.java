import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs a script of an npm package, on whichever system Maven runs. Without node or npm on the path
 * it says that the package is skipped; where the variable {@code CI} is set it fails.
 *
 * <p>Arguments: the script, and whether it is not wanted after all ({@code true} or {@code false}).
 * It runs in the working directory, and knows this JDK as {@code KINTO_JAVA_HOME}.
 *
 * <p>For a script that builds something: further the file that it makes, and what is to be said if
 * it cannot be made. It runs only if a file of the package is newer than that one.
 */
final class NpmScript {
  private static final int OLDEST_NODE = 20;
  private static final Path INSTALLED = Path.of("node_modules", ".package-lock.json");

  private NpmScript() {}

  public static void main(String... args) throws IOException, InterruptedException {
    if (args[1].equals("true")) {
      return;
    }
    Optional<Path> made = args.length > 2 ? Optional.of(Path.of(args[2])) : Optional.empty();
    if (made.isPresent() && isNewerThanAll(made.get())) {
      return;
    }
    String consequence = made.isPresent() ? args[3] : "the tests are SKIPPED.";
    Optional<String> npm = program("npm");
    String problem = problem(program("node"), npm);
    if (!problem.isEmpty()) {
      giveUp(problem + ": " + consequence);
    }
    if (isStale()) {
      int exitCode = run(npm.get(), "ci", "--no-audit", "--no-fund", "--loglevel=error");
      if (exitCode != 0 && made.isPresent()) {
        giveUp("npm ci failed, which says above why: " + consequence);
      }
      require(exitCode);
    }
    require(run(npm.get(), "run", "--silent", args[0]));
  }

  private static void giveUp(String why) {
    boolean ci = System.getenv("CI") != null;
    System.err.println((ci ? "[ERROR] " : "[WARNING] ") + why);
    System.exit(ci ? 1 : 0);
  }

  private static boolean isNewerThanAll(Path made) throws IOException {
    if (!Files.exists(made)) {
      return false;
    }
    FileTime time = Files.getLastModifiedTime(made);
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      return files
          .filter(file -> !file.startsWith("node_modules") && !file.startsWith("test"))
          .filter(Files::isRegularFile)
          .noneMatch(file -> lastModified(file).compareTo(time) > 0);
    }
  }

  private static FileTime lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String problem(Optional<String> node, Optional<String> npm)
      throws IOException, InterruptedException {
    if (node.isEmpty() || npm.isEmpty()) {
      return "There is no node and npm on the path";
    }
    Process asked = new ProcessBuilder(node.get(), "--version").start();
    String version = new String(asked.getInputStream().readAllBytes()).strip();
    asked.waitFor();
    int major = Integer.parseInt(version.replaceFirst("v?(\\d+).*", "$1"));
    return major < OLDEST_NODE ? "Node " + OLDEST_NODE + " is needed. Found: " + version : "";
  }

  private static Optional<String> program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> Stream.of(name, name + ".cmd", name + ".exe").map(end -> folder + File.separator + end))
        .filter(file -> new File(file).canExecute() && !new File(file).isDirectory())
        .findFirst();
  }

  private static boolean isStale() throws IOException {
    return !Files.exists(INSTALLED)
        || Files.getLastModifiedTime(INSTALLED)
                .compareTo(Files.getLastModifiedTime(Path.of("package-lock.json")))
            < 0;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("KINTO_JAVA_HOME", System.getProperty("java.home"));
    return builder.start().waitFor();
  }

  private static void require(int exitCode) {
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
