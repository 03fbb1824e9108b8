package dev.kinto.gateway.config;

import dev.kinto.gateway.disk.NotAFileException;
import dev.kinto.gateway.disk.RegularFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file that holds one secret, as orchestrators mount it: a line of text, with or without its end.
 */
final class SecretFile {
  private static final int MOST_BYTES = 64 * 1024;

  private SecretFile() {}

  /**
   * The secret.
   *
   * @throws IllegalArgumentException that says what is wrong with the file, nothing of its content
   */
  static String read(Path file) {
    try {
      RegularFile.require(file);
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException("this file is too large to hold one secret.");
      }
      String text = withoutLineEnd(Files.readString(file));
      if (text.isEmpty()) {
        throw new IllegalArgumentException("there is nothing in this file; a secret is wanted.");
      }
      if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
        throw new IllegalArgumentException(
            "the file of a secret holds one line; there is another one, or a control character.");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "there is no such readable file; a relative path begins where this file lies.", e);
    } catch (NotAFileException e) {
      throw new IllegalArgumentException(e.getReason(), e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the file of a secret is text in UTF-8.", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the user of the gateway may not read this file. Allow it.", e);
    }
  }

  private static String withoutLineEnd(String text) {
    String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** What is wrong with everybody's rights to it, and the mend. */
  static Optional<String> exposure(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      boolean exposed =
          permissions.contains(PosixFilePermission.OTHERS_READ)
              || permissions.contains(PosixFilePermission.OTHERS_WRITE);
      return exposed
          ? Optional.of(
              file
                  + ": everybody on this machine has rights to this secret ("
                  + PosixFilePermissions.toString(permissions)
                  + "). Let its mode be 0600, or 0640 for a group.")
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
