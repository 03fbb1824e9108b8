package dev.kinto.gateway.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the keys of a configuration file stand, and what is written there, for what is found to be
 * wrong with them later. Filled while the file is read, and the same ever after.
 *
 * <p>Keys are written as messages have them: {@code clients[0].id}.
 */
public final class Places {
  private final Path file;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();
  private final Set<String> secrets = new HashSet<>();

  Places(Path file) {
    this.file = file;
  }

  void put(String key, int line) {
    lines.put(key, line);
  }

  /** What the file has for a value, before placeholders are expanded; secrets are not kept. */
  void putSource(String key, String source) {
    sources.put(key, source);
  }

  /** The path of the file. */
  public String path() {
    return file.toString();
  }

  /** There is a secret here. */
  void putSecret(String key) {
    secrets.add(key);
  }

  /** The file. */
  Place file() {
    return Place.in(file);
  }

  /** Where a key stands, or, if it does not, what is nearest above it. */
  public Place of(String key) {
    String near = key;
    while (!near.isEmpty() && !lines.containsKey(near)) {
      near = near.substring(0, Math.max(0, Math.max(near.lastIndexOf('.'), near.lastIndexOf('['))));
    }
    return new Place(file.toString(), lines.getOrDefault(near, 1), key);
  }

  /** The text of the file for a value: never what a placeholder stands for (contract C43). */
  Optional<String> source(String key) {
    return Optional.ofNullable(sources.get(key));
  }

  /**
   * A value of the file.
   *
   * @param key as messages have it
   * @param line where it stands
   * @param source its text, before placeholders are expanded; empty if it is a secret
   */
  public record Setting(String key, int line, Optional<String> source) {}

  /** All values of the file, in its order. */
  public List<Setting> settings() {
    return Stream.concat(sources.keySet().stream(), secrets.stream())
        .map(key -> new Setting(key, lines.getOrDefault(key, 1), source(key)))
        .sorted(Comparator.comparingInt(Setting::line).thenComparing(Setting::key))
        .toList();
  }

  /** How messages name a value: by itself, or by its source text if that has a placeholder. */
  public String name(String key, String value) {
    return source(key).filter(source -> source.contains("${")).orElse(value);
  }

  /** Shows nothing of what the file holds. */
  @Override
  public String toString() {
    return "Places[" + file + "]";
  }
}
