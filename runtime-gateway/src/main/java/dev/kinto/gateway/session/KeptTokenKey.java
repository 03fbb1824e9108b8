package dev.kinto.gateway.session;

import dev.kinto.gateway.disk.DurableFile;
import dev.kinto.gateway.disk.NotAFileException;
import dev.kinto.gateway.disk.RegularFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The token key that the gateway makes itself and keeps in its data directory, readable by its
 * owner only, so that a restart logs nobody out (contract C23). Once it is in use it stays in use,
 * whatever becomes of the file: a reload ends no session. Not safe for use by several threads.
 */
public final class KeptTokenKey {
  private static final String FILE = "token.key";
  private static final String ID = "k1";
  private static final int SECRET_LENGTH = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private Optional<byte[]> inUse = Optional.empty();
  private final Set<String> told = new HashSet<>();

  /** The key of a directory, which need not be there yet. */
  public KeptTokenKey(Path directory) {
    this.file = directory.resolve(FILE);
  }

  /** Where it is kept. */
  public Path file() {
    return file;
  }

  /** Why it cannot be used, and the mend; empty if it can, or is still to be made. */
  public Optional<String> problem() {
    try {
      read();
      return Optional.empty();
    } catch (UnusableKeyException e) {
      return Optional.of(e.problem());
    }
  }

  /** Who else than its owner may read it, and the mend. */
  public Optional<String> exposure() {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
      others.addAll(permissions);
      others.removeAll(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
      return others.isEmpty()
          ? Optional.empty()
          : Optional.of(
              file
                  + ": others than its owner have rights to this key ("
                  + PosixFilePermissions.toString(permissions)
                  + "), and who reads it can make tokens. Let its mode be 0600; if somebody may"
                  + " have read it, delete it and restart the gateway, which ends all sessions.");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * The key in use; on first use it is read, or made.
   *
   * @param warnings takes what is told of the file once
   * @throws IOException if the key cannot be read, or not be kept
   */
  public TokenKeys keys(Consumer<String> warnings) throws IOException {
    Optional<byte[]> kept = read();
    byte[] secret = inUse.or(() -> kept).orElseGet(KeptTokenKey::random);
    if (kept.isEmpty()) {
      create(secret);
      inUse.ifPresent(
          _ ->
              warnings.accept(
                  file + ": the token key was gone. The one in use was written there again."));
    } else if (!Arrays.equals(secret, kept.get())) {
      tell(
          file
              + ": this is another token key than the one in use, which stays in use until a"
              + " restart. Then all sessions of today's tokens end.",
          warnings);
    }
    exposure().ifPresent(text -> tell(text, warnings));
    inUse = Optional.of(secret);
    return TokenKeys.of(ID, secret);
  }

  private void tell(String text, Consumer<String> warnings) {
    if (told.add(text)) {
      warnings.accept(text);
    }
  }

  private static byte[] random() {
    byte[] secret = new byte[SECRET_LENGTH];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  private Optional<byte[]> read() throws UnusableKeyException {
    try {
      byte[] secret = Base64.getUrlDecoder().decode(RegularFile.read(file).strip());
      if (secret.length >= SECRET_LENGTH && !isOneByte(secret)) {
        return Optional.of(secret);
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException notBase64) {
      // said below, with the same words as for one that is too short or not random
    } catch (NotAFileException e) {
      throw new UnusableKeyException(file, e.getReason());
    } catch (IOException e) {
      throw new UnusableKeyException(
          file,
          "the token key cannot be read. Let it be a file that the user of the gateway may read.");
    }
    throw new UnusableKeyException(
        file,
        "this is no token key of "
            + SECRET_LENGTH
            + " random bytes. "
            + (inUse.isPresent()
                ? "Delete it: the key in use is written again at the next reload."
                : "Put the right one back, or delete it for a new one; all sessions end then."));
  }

  /** As of a file that was filled with zeros. */
  private static boolean isOneByte(byte[] secret) {
    for (byte each : secret) {
      if (each != secret[0]) {
        return false;
      }
    }
    return true;
  }

  private void create(byte[] secret) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    // Made with its final mode: there is no moment in which others could read it.
    FileAttribute<?>[] ownerOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    try {
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
      DurableFile.create(file, text, ownerOnly);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          file + ": another gateway uses this data directory. Give each its own.", e);
    }
  }

  /** A file that holds no key. */
  private static final class UnusableKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    UnusableKeyException(Path file, String problem) {
      super(file + ": " + problem);
      this.problem = problem;
    }

    /** What is wrong, and the mend, without the file's name. */
    String problem() {
      return problem;
    }
  }
}
