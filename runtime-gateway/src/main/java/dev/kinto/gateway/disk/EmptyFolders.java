package dev.kinto.gateway.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folders that a library makes in case that it needs them. */
public final class EmptyFolders {
  private EmptyFolders() {}

  /** Removes a folder and those in it, as far as there is nothing in them. */
  public static void remove(Path folder) {
    List<Path> folders;
    try (Stream<Path> all = Files.walk(folder)) {
      folders = all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      return;
    }
    for (Path each : folders) {
      try {
        Files.delete(each);
      } catch (IOException e) {
        // There is something in it, which is why it stays.
      }
    }
  }
}
