package dev.kinto.gateway.config;

import java.nio.file.Path;

/**
 * Where something is wrong.
 *
 * @param file a file, or what else was read
 * @param line its line, from 1; 0 where there is none to name
 * @param key the key of the configuration; empty where it is none
 */
public record Place(String file, int line, String key) {

  /** A file as a whole. */
  public static Place in(Path file) {
    return in(file.toString());
  }

  /** Something that was read as a whole. */
  public static Place in(String file) {
    return new Place(file, 0, "");
  }

  /** As messages begin: {@code gateway.yaml:12: clients[0].id}. */
  @Override
  public String toString() {
    return file + (line == 0 ? "" : ":" + line) + (key.isEmpty() ? "" : ": " + key);
  }
}
