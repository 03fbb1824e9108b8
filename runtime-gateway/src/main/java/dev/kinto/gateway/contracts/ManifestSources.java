package dev.kinto.gateway.contracts;

import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Finds manifests: in files, in folders and in jars.
 *
 * <p>In a folder, JSON files that do not speak of a {@code manifestVersion} are somebody else's and
 * passed over; a file that is named itself is never passed over.
 */
final class ManifestSources {
  private final List<Text> texts = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();

  /** What was read, and under which name. */
  private record Text(String name, String json) {}

  private ManifestSources() {}

  /**
   * Reads all manifests.
   *
   * @throws IOException if something cannot be read, or holds no manifest
   */
  static List<ManifestFile> read(List<Path> paths) throws IOException {
    ManifestSources sources = new ManifestSources();
    for (Path path : paths) {
      if (!sources.add(path)) {
        throw new IOException("there is no manifest in " + path);
      }
    }
    // Most of the time goes into the parsing, and no manifest needs another.
    return sources.texts.parallelStream()
        .map(text -> ManifestFile.of(text.name(), text.json()))
        .toList();
  }

  /** Whether there is a manifest at all, new or seen before. */
  private boolean add(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (!Files.isDirectory(path)) {
      return path.toString().endsWith(".jar") ? addJar(path) : addFile(path, true);
    }
    boolean found = false;
    for (Path file : jsonFiles(path)) {
      found |= addFile(file, false);
    }
    return found;
  }

  private static List<Path> jsonFiles(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !isHidden(folder.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static boolean isHidden(Path below) {
    for (Path part : below) {
      if (part.toString().startsWith(".") || part.toString().equals("node_modules")) {
        return true;
      }
    }
    return false;
  }

  private boolean addFile(Path file, boolean named) throws IOException {
    String json = text(Files.readAllBytes(file));
    boolean isManifest = named || json.contains("\"manifestVersion\"");
    if (isManifest && seen.add(file.toRealPath())) {
      texts.add(new Text(file.toString(), json));
    }
    return isManifest;
  }

  private boolean addJar(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(entry -> entry.getName().startsWith(Manifest.JAR_FOLDER))
              // A second dot is in the name of an export, such as articles.openapi.json.
              .filter(entry -> entry.getName().matches("[^.]+\\.json"))
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      if (!entries.isEmpty() && seen.add(jar.toRealPath())) {
        for (ZipEntry entry : entries) {
          try (InputStream in = zip.getInputStream(entry)) {
            texts.add(new Text(jar + "!/" + entry.getName(), text(in.readAllBytes())));
          }
        }
      }
      return !entries.isEmpty();
    }
  }

  private static String text(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
