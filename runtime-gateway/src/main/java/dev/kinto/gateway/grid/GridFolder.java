package dev.kinto.gateway.grid;

import dev.kinto.gateway.disk.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that entries are kept in ({@code grid.persistence}). One process at a time has it for
 * itself; the operating system gives it free when that one ends, however it does. What users
 * entrusted to a session stands in it, so nobody else may read it.
 */
final class GridFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private GridFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes it; it is made if it is not there.
   *
   * @throws UncheckedIOException if it cannot be used, or another process does
   */
  static GridFolder take(Path folder) {
    try {
      Files.createDirectories(folder, ownerOnly());
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw new IOException(
            "grid.persistence: another process keeps its sessions in "
                + folder
                + ". Give each gateway a folder of its own, or stop that one.");
      }
      return new GridFolder(folder, lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Refuses what another grid left here.
   *
   * @param grid what this one is, in words; noted at the first start
   * @throws UncheckedIOException if the folder is another one's
   */
  void requireOf(String grid) {
    try {
      Path file = folder.resolve("grid");
      if (!Files.exists(file)) {
        DurableFile.replace(file, grid);
      }
      String found = Files.readString(file);
      if (!found.equals(grid)) {
        throw new IOException(
            "grid.persistence: in "
                + folder
                + " are the sessions of "
                + found
                + ", and this is "
                + grid
                + ". Set what is different back, or name another folder.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by this process itself, in which another gateway runs
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
