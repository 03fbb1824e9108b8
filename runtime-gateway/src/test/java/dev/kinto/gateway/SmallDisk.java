package dev.kinto.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A file system that only one process has, as small as a test wants it, and how full it is. */
final class SmallDisk {
  private static final int MIB = 1024 * 1024;

  private SmallDisk() {}

  /** Starts a gateway that has it at this place. */
  static KintoProcess serve(Path folder, Path disk, int mib, Path configuration)
      throws IOException {
    List<String> wrapper =
        List.of(
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=" + mib + "m kinto '" + disk + "' && exec \"$@\"",
            "sh");
    return KintoProcess.start(
        folder, wrapper, List.of(), Map.of(), "serve", "--config", configuration.toString());
  }

  /** Whether this system lets anybody have one. */
  static boolean canBeHad() throws IOException, InterruptedException {
    return new ProcessBuilder(
                "unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "kinto", "/mnt")
            .start()
            .waitFor()
        == 0;
  }

  /** Others fill the disk until so much is left. */
  static void leave(int mib, Path disk) throws IOException {
    long free = Files.getFileStore(disk).getUsableSpace() - (long) mib * MIB;
    byte[] some = new byte[4096];
    try (var others =
        Files.newOutputStream(
            disk.resolve("others"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (long written = 0; written < free; written += some.length) {
        others.write(some);
      }
    } catch (IOException e) {
      if (mib > 0) {
        throw e; // else the disk is as full as it can be
      }
    }
  }
}
