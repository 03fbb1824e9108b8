package dev.kinto.gateway.grid;

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
import java.util.Optional;

/**
 * The folder that entries are kept in ({@code grid.persistence}). One process at a time has it for
 * itself; the operating system gives it free when that one ends, however it does. What users
 * entrusted to a session stands in it, so nobody else may read it.
 */
final class GridFolder implements AutoCloseable {
  private final FileChannel lock;

  private GridFolder(FileChannel lock) {
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
      return new GridFolder(lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The same for settings that name one. */
  static Optional<GridFolder> take(GridSettings.Storage storage) {
    return storage.persistence().map(GridFolder::take);
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
