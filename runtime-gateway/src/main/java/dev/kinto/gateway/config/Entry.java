package dev.kinto.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What stands under one key, or at one place of a list. What of it cannot be read is noted, and its
 * key is in doubt from then on.
 *
 * <p>Problems quote the source text, never what a placeholder expands to (contract C43). What a
 * parser says of a text is shown as well: so it never quotes what it was given.
 */
final class Entry {
  private final String key;
  private final @Nullable Node node;
  private final ConfigFile file;

  /**
   * An entry.
   *
   * @param key as problems name it
   * @param node null if the key is absent
   */
  Entry(String key, @Nullable Node node, ConfigFile file) {
    this.key = key;
    this.node = node;
    this.file = file;
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** What stands for nothing at all. */
  static Node nothing() {
    return new ScalarNode(
        Tag.NULL, true, "", ScalarStyle.PLAIN, Optional.empty(), Optional.empty());
  }

  /** Whether the key is there, perhaps with nothing behind it. */
  boolean isThere() {
    return node != null;
  }

  /** Whether there is something behind the key. */
  boolean hasValue() {
    return value() != null;
  }

  /** Whether there is nothing, or an empty list. */
  boolean isEmpty() {
    return value() == null || (value() instanceof SequenceNode list && list.getValue().isEmpty());
  }

  boolean isSection() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  private @Nullable Node value() {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL) ? null : node;
  }

  /**
   * The value, which is there; null if it cannot be read.
   *
   * @param parse throws an IllegalArgumentException that says what is wanted
   * @param shown whether problems may show the source text
   */
  <T> @Nullable T parsed(Function<String, T> parse, boolean shown) {
    if (!(node instanceof ScalarNode scalar)) {
      unreadable("a single value is wanted here.");
      return null;
    }
    if (shown) {
      file.places().putSource(key, scalar.getValue());
    } else {
      file.places().putSecret(key);
    }
    try {
      return parse.apply(file.expand(scalar.getValue(), !shown));
    } catch (IllegalArgumentException e) {
      unreadable(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** All values that can be read; a single one is a list of one. */
  <T> List<T> parsedItems(Function<String, T> parse, boolean shown) {
    List<T> values = new ArrayList<>();
    for (Entry item : items()) {
      T value = item.parsed(parse, shown);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** The entries of a list; a single value is a list of one. */
  List<Entry> items() {
    Node value = value();
    if (value == null) {
      return List.of();
    }
    List<Node> nodes = value instanceof SequenceNode list ? list.getValue() : List.of(value);
    List<Entry> items = new ArrayList<>();
    for (Node each : nodes) {
      String place = key + "[" + items.size() + "]";
      file.places().put(place, line(each));
      items.add(new Entry(place, each, file));
    }
    return items;
  }

  /** The mapping that stands here; an empty one if nothing does. */
  Section section() {
    Node value = value();
    return new Section(key, value == null ? nothing() : value, file);
  }

  /** There is no value here that could be used. */
  void unreadable(String text) {
    file.problems().found(key, text);
    file.problems().doubt(key);
  }
}
