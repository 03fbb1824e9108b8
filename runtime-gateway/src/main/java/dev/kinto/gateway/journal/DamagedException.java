package dev.kinto.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;

/** A file holds something that was not written so. What is behind it cannot be found. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedException(Path file, int position) {
    super(file + " is damaged at byte " + position);
  }
}
