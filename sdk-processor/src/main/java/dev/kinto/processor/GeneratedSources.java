package dev.kinto.processor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import javax.tools.FileObject;

/**
 * Generated sources that lie among the class files, where javac puts them without {@code -s}.
 *
 * <p>A later compilation with that folder on its class path takes a type from its source or from
 * its class file, whichever is newer. Taken from the source of an earlier compilation, and then
 * generated again, a record has its components twice, and javac 17 crashes; of class files it can
 * be made to forget them ({@link StaleRecords}). So these sources are older than any class file,
 * also if the compilation fails that wrote them.
 */
final class GeneratedSources {
  private static final FileTime OLD = FileTime.from(Instant.parse("1980-01-02T00:00:00Z"));

  private GeneratedSources() {}

  /** To be called when a source was written; one in the memory of an editor has no age. */
  static void makeOlderThanClasses(FileObject source) throws IOException {
    URI place = source.toUri();
    if ("file".equals(place.getScheme())) {
      Files.setLastModifiedTime(Path.of(place), OLD);
    }
  }
}
