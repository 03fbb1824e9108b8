package dev.kinto.gateway.admin;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the console, as the build left them on the class path: a page, and what belongs to
 * it below {@code assets/}, under names that change with their content. Each is read once.
 */
final class ConsoleFiles {
  private static final Pattern NAME =
      Pattern.compile("(?:assets/)?[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]++)++");
  private static final String PAGE = "index.html";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, Optional<File>> read = new ConcurrentHashMap<>();

  /** A file. Nobody writes to its bytes. */
  static final class File {
    private final String mediaType;
    private final byte[] bytes;
    private final byte[] gzipped;
    private final boolean lasting;

    private File(String mediaType, byte[] bytes, boolean lasting) throws IOException {
      this.mediaType = mediaType;
      this.bytes = bytes;
      this.gzipped = gzip(bytes);
      this.lasting = lasting;
    }

    String mediaType() {
      return mediaType;
    }

    /** What it holds, as it is or as most browsers take it. */
    byte[] bytes(boolean zipped) {
      return zipped ? gzipped : bytes;
    }

    /** Whether a file of this name never changes. */
    boolean isLasting() {
      return lasting;
    }
  }

  /**
   * The file of a name, {@code ""} for the page.
   *
   * @throws Refusal address-unknown, which says why if the console is not there at all
   */
  File of(String name) {
    String asked = name.isEmpty() ? PAGE : name;
    // What is no file is not remembered: anybody may ask for ever other names.
    if (!NAME.matcher(asked).matches() || ConsoleFiles.class.getResource(place(asked)) == null) {
      throw unknown(asked);
    }
    return read.computeIfAbsent(asked, ConsoleFiles::read).orElseThrow(() -> unknown(asked));
  }

  private static Refusal unknown(String name) {
    return new Refusal(
        ProblemCode.ADDRESS_UNKNOWN,
        name.equals(PAGE)
            ? "This gateway has no console: there was no node and npm on the machine that built its"
                + " jar, which said so. Build it where they are. The admin API is there all the"
                + " same, below /api/."
            : "The console has no such file.");
  }

  private static String place(String name) {
    return "console/" + name;
  }

  private static Optional<File> read(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(place(name))) {
      if (in == null || type == null) {
        return Optional.empty();
      }
      return Optional.of(new File(type, in.readAllBytes(), name.startsWith("assets/")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzipped)) {
      out.write(bytes);
    }
    return gzipped.toByteArray();
  }
}
