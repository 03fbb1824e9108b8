import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;

/**
 * Checks or rewrites the layout of every Java source below a folder with google-java-format. The
 * root pom runs it on the toolchain's JDK, since google-java-format reads Java through the javac
 * that it runs in: inside a Maven on JDK 17 it could not read Java 25.
 *
 * <p>Arguments: {@code check} or {@code apply}, then the folder.
 */
final class FormatSources extends SimpleFileVisitor<Path> {
  /** Test resources hold deliberately odd sources and golden files; the others are not ours. */
  private static final Set<String> SKIPPED = Set.of("target", "node_modules", "resources");

  private final List<String> sources = new ArrayList<>();

  public static void main(String... args) throws IOException {
    String mode = args[0];
    if (!mode.equals("check") && !mode.equals("apply")) {
      System.err.println("-Dformat must be check or apply. Found: " + mode);
      System.exit(2);
    }
    FormatSources found = new FormatSources();
    Files.walkFileTree(Path.of(args[1]), found);
    if (!found.sources.isEmpty()) {
      System.exit(found.run(mode));
    }
  }

  private int run(String mode) {
    List<String> command = new ArrayList<>();
    if (mode.equals("check")) {
      command.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    } else {
      command.add("--replace");
    }
    command.addAll(sources);
    ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
    int exit =
        formatter.run(
            new PrintWriter(System.out, true),
            new PrintWriter(System.err, true),
            command.toArray(String[]::new));
    if (exit != 0 && mode.equals("check")) {
      System.err.println(
          "The files above are not formatted. To format them: mvn -N verify -Dformat=apply");
    }
    return exit;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
    return name.length() > 1 && name.startsWith(".") || SKIPPED.contains(name)
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (file.toString().endsWith(".java")) {
      sources.add(file.toString());
    }
    return FileVisitResult.CONTINUE;
  }
}
