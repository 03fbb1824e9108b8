import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Takes the texts that libraries' jars bring of their licences (LICENSE, NOTICE and the like) into a folder, one
 * folder for each jar, for an archive that the jars are passed on with.
 *
 * <p>Arguments: the folder of the jars, and the folder for the texts.
 */
final class Licences {
  private static final List<String> NAMES = List.of("LICENSE", "LICENCE", "NOTICE", "COPYING", "DEPENDENCIES");

  private Licences() {}

  public static void main(String... args) throws IOException {
    Path out = Path.of(args[1]);
    try (var jars = Files.list(Path.of(args[0]))) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        take(jar, out.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", "")));
      }
    }
  }

  private static void take(Path jar, Path out) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile(), StandardCharsets.UTF_8)) {
      for (ZipEntry entry : zip.stream().filter(Licences::isText).map(each -> (ZipEntry) each).toList()) {
        Files.createDirectories(out);
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        Files.write(out.resolve(name), zip.getInputStream(entry).readAllBytes());
      }
    }
  }

  private static boolean isText(ZipEntry entry) {
    String name = entry.getName();
    int end = name.lastIndexOf('/') + 1;
    boolean place = end == 0 || name.startsWith("META-INF/");
    String upper = name.substring(end).toUpperCase(Locale.ROOT);
    return !entry.isDirectory()
        && place
        && !upper.endsWith(".CLASS")
        && NAMES.stream().anyMatch(upper::startsWith);
  }
}
