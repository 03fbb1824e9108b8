package dev.kinto.gateway.config;

import dev.kinto.gateway.disk.NotAFileException;
import dev.kinto.gateway.disk.RegularFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the file. It hands out typed values by key, notes every problem instead of
 * throwing, and in the end refuses the keys that nobody asked for. A value that is absent or wrong
 * comes back as null or empty.
 */
final class Section {
  private static final String NOTHING = "nothing stands behind this key";

  private final String path;
  private final ConfigFile file;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final KnownKeys known = new KnownKeys();

  Section(String path, Node node, ConfigFile file) {
    this.path = path;
    this.file = file;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    } else if (!node.getTag().equals(Tag.NULL)) {
      new Entry(path, node, file).unreadable("a mapping of keys to values is wanted here.");
    }
  }

  private void add(NodeTuple tuple) {
    String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    file.places().put(at(key), Entry.line(tuple.getKeyNode()));
    if (entries.put(key, tuple.getValueNode()) != null) {
      entry(key).unreadable("this key stands here twice. Remove one.");
    }
  }

  private Entry entry(String key) {
    return new Entry(at(key), entries.get(key), file);
  }

  private Entry asked(String key) {
    known.add(key);
    return entry(key);
  }

  Iterable<String> keys() {
    known.addAll(entries.keySet());
    return entries.keySet();
  }

  /** Whether the key is there, perhaps with nothing behind it. */
  boolean has(String key) {
    return asked(key).isThere();
  }

  /** A required value, parsed; what the parser's IllegalArgumentException says is the problem. */
  <T> @Nullable T value(String key, String wanted, Function<String, T> parse) {
    return value(key, wanted, parse, true);
  }

  private <T> @Nullable T value(
      String key, String wanted, Function<String, T> parse, boolean shown) {
    Entry entry = asked(key);
    if (entry.hasValue()) {
      return entry.parsed(parse, shown);
    }
    String found = entry.isThere() ? NOTHING : "this key is missing";
    entry.unreadable(found + "; " + wanted + " is wanted.");
    return null;
  }

  /** A required {@code id} that no other section of its list has. */
  @Nullable String id(String whose, String pattern, String wanted, Set<String> others) {
    return value(
        "id",
        "a " + whose + " id",
        text -> {
          if (!text.matches(pattern)) {
            throw new IllegalArgumentException(wanted + " are wanted.");
          }
          if (!others.add(text)) {
            throw new IllegalArgumentException("another " + whose + " has this id. Rename one.");
          }
          return text;
        });
  }

  /** What the host of a listener stands for. */
  InetAddress addressOf(String host) throws UnknownHostException {
    return file.addressOf(host);
  }

  /** A path; a relative one begins where the file lies. */
  Path path(String text) {
    return file.path(text);
  }

  /**
   * A file that is read.
   *
   * @throws IllegalArgumentException if it is not there, or cannot be read
   */
  Path readableFile(String text) {
    Path path = path(text);
    try {
      RegularFile.require(path);
    } catch (NotAFileException e) {
      throw new IllegalArgumentException(e.getReason(), e);
    }
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(
          "there is no such readable file; a relative path begins where this file lies.");
    }
    return path;
  }

  /**
   * A required value that problems must not show, not even as its source text. It may stand in a
   * file, which the key with {@code File} at its end names (contract C43).
   */
  <T> @Nullable T secret(String key, String wanted, Function<String, T> parse) {
    String fileKey = key + "File";
    Entry inFile = asked(fileKey);
    if (!inFile.isThere()) {
      return value(key, wanted + ", or \"" + fileKey + "\",", parse, false);
    }
    if (asked(key).isThere()) {
      problem(fileKey, "the secret stands in \"" + key + "\" as well. Remove one.");
      return null;
    }
    return value(fileKey, "a file", text -> parse.apply(file.secretIn(path(text))), true);
  }

  /** One to so many different values that problems must not show; one may stand without a list. */
  <T> List<T> secrets(String key, String wanted, int most, Function<String, T> parse) {
    Entry entry = asked(key);
    if (!entry.isList()) {
      T only = value(key, wanted, parse, false);
      return only == null ? List.of() : List.of(only);
    }
    List<T> all = entry.parsedItems(parse, false);
    int count = entry.items().size();
    if (count < 1 || count > most) {
      problem(key, "1 to " + most + " values are wanted. Found: " + count);
    } else if (Set.copyOf(all).size() < all.size()) {
      problem(key, "two of these are the same. Remove one.");
    }
    return all;
  }

  /** Secrets that stand in files; one may stand without a list (contract C43). */
  <T> List<T> secretsInFiles(String key, Function<String, T> parse) {
    return list(key, text -> parse.apply(file.secretIn(path(text))));
  }

  /** An optional value, parsed. A key with nothing behind it is no way to say that. */
  <T> Optional<T> optional(String key, Function<String, T> parse) {
    return optional(key, parse, true);
  }

  /**
   * A value that problems must not show: by itself, or as a section whose {@code secretFile} names
   * the file that holds it (contract C43).
   */
  <T> Optional<T> secretOrItsFile(String key, Function<String, T> parse) {
    if (!asked(key).isSection()) {
      return optional(key, parse, false);
    }
    Section inFile = section(key);
    Optional<T> value =
        Optional.ofNullable(
            inFile.value(
                "secretFile", "a file", text -> parse.apply(file.secretIn(path(text))), true));
    inFile.refuseOthers();
    return value;
  }

  private <T> Optional<T> optional(String key, Function<String, T> parse, boolean shown) {
    Entry entry = asked(key);
    if (entry.hasValue()) {
      return Optional.ofNullable(entry.parsed(parse, shown));
    }
    if (entry.isThere()) {
      entry.unreadable(NOTHING + ". Give it a value, or leave it out.");
    }
    return Optional.empty();
  }

  Duration duration(String key, Duration absent) {
    return optional(key, Scalars::duration).orElse(absent);
  }

  int number(String key, int least, int absent) {
    return optional(key, Scalars.number(least)).orElse(absent);
  }

  boolean flag(String key, boolean absent) {
    return optional(key, Scalars::flag).orElse(absent);
  }

  /** A list of values; a single scalar is a list of one. */
  <T> List<T> list(String key, Function<String, T> parse) {
    return asked(key).parsedItems(parse, true);
  }

  /** A list of at least one value. */
  <T> List<T> atLeastOne(String key, String example, Function<String, T> parse) {
    Entry entry = asked(key);
    if (entry.isEmpty()) {
      entry.unreadable("at least one is wanted, for instance " + example + ".");
    }
    return entry.parsedItems(parse, true);
  }

  /** Refuses an empty list where its absence means something that nobody would take it for. */
  void refuseEmpty(String key, String mend) {
    Entry entry = asked(key);
    if (entry.isThere() && entry.isEmpty()) {
      entry.unreadable("there is nothing in this list. " + mend);
    }
  }

  /** The section under a key; an empty one if the key is absent. */
  Section section(String key) {
    return asked(key).section();
  }

  /** The sections of a list. */
  List<Section> sections(String key) {
    Entry entry = asked(key);
    if (entry.hasValue() && !entry.isList()) {
      entry.unreadable("a list is wanted here: lines that begin with \"-\".");
      return List.of();
    }
    return entry.items().stream().map(Entry::section).toList();
  }

  /**
   * Something wrong with what could be read.
   *
   * @param premises the keys that this takes for granted, as problems name them
   */
  void problem(String key, String text, String... premises) {
    file.problems().at(at(key), text, premises);
  }

  /** Something wrong with a value that could be read: the problem shows its source text. */
  void found(String key, String text, String... premises) {
    file.problems().found(at(key), text, premises);
  }

  /**
   * Refuses every key that was not asked for. The absent keys that it may have been meant for are
   * in doubt: whoever misses them need not say so.
   */
  void refuseOthers() {
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        problem(key, "this key is not known. " + known.suggestion(key));
        known.perhapsMeant(key).stream()
            .filter(meant -> !entries.containsKey(meant))
            .forEach(meant -> file.problems().doubt(at(meant)));
      }
    }
  }

  /** A key of this section, as problems name it. */
  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
