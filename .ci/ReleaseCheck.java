import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * Looks at one module as a public Maven repository does before it takes it: what its POM says, and which files lie
 * beside the jar. What only the repository knows is not looked at: whether the group id is ours, whether the version is
 * taken already, whether the key is on a key server.
 *
 * <p>Arguments: packaging, build folder, name of the jar without its end, version, whether the module is published at
 * all ({@code maven.deploy.skip}), the key that signs, and then {@code key=value} of the POM. Maven leaves what is not
 * set as <code>${...}</code>.
 */
final class ReleaseCheck {
  private static final int FIRST_ENTRY = 6;

  private final List<String> problems = new ArrayList<>();

  private ReleaseCheck() {}

  public static void main(String... args) throws IOException {
    if (args[4].equals("true")) {
      return;
    }
    ReleaseCheck check = new ReleaseCheck();
    for (String entry : List.of(args).subList(FIRST_ENTRY, args.length)) {
      check.entry(entry);
    }
    boolean signed = isSet(args[5]);
    if (args[0].equals("jar")) {
      check.jars(Path.of(args[1]), args[2], signed);
    }
    if (args[3].endsWith("-SNAPSHOT")) {
      System.out.println("[INFO] Not to be published yet: " + args[3] + " is a snapshot.");
    }
    if (!signed) {
      System.out.println("[INFO] Not signed: -Dgpg.keyname=KEY does that.");
    }
    if (!check.problems.isEmpty()) {
      check.problems.forEach(problem -> System.err.println("[ERROR] " + problem));
      System.exit(1);
    }
  }

  private static boolean isSet(String value) {
    return !value.isBlank() && !value.startsWith("${");
  }

  private void entry(String entry) {
    String[] parts = entry.split("=", 2);
    if (!isSet(parts[1])) {
      problems.add("The POM has no " + parts[0] + ", which a public repository wants.");
    }
  }

  private void jars(Path folder, String name, boolean signed) throws IOException {
    for (String end : List.of("", "-sources", "-javadoc")) {
      Path jar = folder.resolve(name + end + ".jar");
      if (!Files.exists(jar)) {
        problems.add(jar + " is missing.");
        continue;
      }
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        if (zip.stream().noneMatch(each -> each.getName().matches(".*\\.(class|java|html)"))) {
          problems.add(jar + " is empty.");
        }
      }
      if (signed && !Files.exists(folder.resolve(name + end + ".jar.asc"))) {
        problems.add(jar + " has no signature beside it.");
      }
    }
  }
}
