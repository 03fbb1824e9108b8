package dev.kinto.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Tells whether files have changed and have come to rest.
 *
 * <p>Editors and Kubernetes replace files by renaming or by turning a link round, which watching a
 * folder sees in many ways or, behind a link, not at all. So the files themselves are looked at,
 * through their links, each time that one asks. Not safe for use by several threads.
 */
final class FileWatch {
  private final Supplier<? extends Collection<Path>> files;
  private Map<Path, String> settled = Map.of();
  private Map<Path, String> last = Map.of();

  /**
   * Watches files.
   *
   * @param files gives those that count now
   */
  FileWatch(Supplier<? extends Collection<Path>> files) {
    this.files = files;
  }

  /**
   * Whether something is different from when this last said so, and was the same at the call
   * before: nobody is writing any more. True once at the beginning, for who wants to know what
   * changed before the watch began.
   */
  boolean changed() {
    Map<Path, String> now = new TreeMap<>();
    files.get().forEach(file -> now.put(file, stamp(file)));
    boolean atRest = now.equals(last);
    last = now;
    if (!atRest || now.equals(settled)) {
      return false;
    }
    settled = now;
    return true;
  }

  /** Differs whenever the content may: where the file is, which one it is, and when it changed. */
  private static String stamp(Path file) {
    try {
      Path real = file.toRealPath();
      // Its time of change moves with every write, also where a tool sets the old time again.
      Object changed =
          real.getFileSystem().supportedFileAttributeViews().contains("unix")
              ? Files.getAttribute(real, "unix:ctime")
              : "";
      return real
          + " "
          + Files.readAttributes(real, "fileKey,size,lastModifiedTime")
          + " "
          + changed;
    } catch (IOException e) {
      return "absent";
    }
  }
}
