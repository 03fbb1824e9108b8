package dev.kinto.gateway.config;

import static java.util.Comparator.comparingInt;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the file. It hands out typed values by key, notes every problem instead of
 * throwing, and in the end refuses the keys that nobody asked for.
 *
 * <p>A value that is absent or wrong comes back as null or empty; the file is refused as a whole
 * then, so what follows from such a value is never used. Problems quote the source text, never what
 * a placeholder expands to.
 */
final class Section {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(?: ?(KiB|MiB|GiB))?");

  /** What clocks and sockets count in. */
  private static final Duration LEAST = Duration.ofMillis(1);

  /** Far from where a number of nanoseconds would overflow. */
  private static final Duration MOST = Duration.ofDays(10_000);

  private final String path;
  private final Node node;
  private final ConfigFile file;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  Section(String path, Node node, ConfigFile file) {
    this.path = path;
    this.node = node;
    this.file = file;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        if (entries.put(key, tuple) != null) {
          file.problem(tuple.getKeyNode(), at(key), "this key stands here twice. Remove one.");
        }
      }
    } else if (!isNull(node)) {
      file.problem(node, path, "a mapping of keys to values is wanted here.");
    }
  }

  /** Where a key stands, for problems that are found later. */
  String place(String key) {
    return file.place(keyNode(key), at(key));
  }

  /** The key itself; where it is absent, the place where it is missing. */
  private Node keyNode(String key) {
    NodeTuple entry = entries.get(key);
    return entry == null ? node : entry.getKeyNode();
  }

  /** The node under a key; null if the key is absent or has nothing behind it. */
  private @Nullable Node node(String key) {
    known.add(key);
    NodeTuple entry = entries.get(key);
    return entry == null || isNull(entry.getValueNode()) ? null : entry.getValueNode();
  }

  Iterable<String> keys() {
    known.addAll(entries.keySet());
    return entries.keySet();
  }

  /** A required value, parsed; what the parser's IllegalArgumentException says is the problem. */
  <T> @Nullable T value(String key, String wanted, Function<String, T> parse) {
    Node value = node(key);
    if (value == null) {
      file.problem(node, at(key), "this key is missing; " + wanted + " is wanted.");
      return null;
    }
    return parsed(value, at(key), parse);
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

  /** A path; a relative one begins where the file lies. */
  Path path(String text) {
    return file.path(text);
  }

  /** A required value that problems must not show, not even as its source text. */
  <T> @Nullable T secret(String key, String wanted, Function<String, T> parse) {
    return value(key, wanted, hidden(parse));
  }

  /** One to so many different values that problems must not show; one may stand without a list. */
  <T> List<T> secrets(String key, String wanted, int most, Function<String, T> parse) {
    if (!(node(key) instanceof SequenceNode written)) {
      T only = secret(key, wanted, parse);
      return only == null ? List.of() : List.of(only);
    }
    List<T> all = list(key, hidden(parse));
    int count = written.getValue().size();
    if (count < 1 || count > most) {
      problem(key, "1 to " + most + " values are wanted. Found: " + count);
    } else if (Set.copyOf(all).size() < all.size()) {
      problem(key, "two of these are the same. Remove one.");
    }
    return all;
  }

  private static <T> Function<String, T> hidden(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new HiddenValueException(e);
      }
    };
  }

  /** An optional value, parsed. */
  <T> Optional<T> optional(String key, Function<String, T> parse) {
    Node value = node(key);
    return value == null ? Optional.empty() : Optional.ofNullable(parsed(value, at(key), parse));
  }

  Duration duration(String key, Duration absent) {
    return optionalDuration(key).orElse(absent);
  }

  Optional<Duration> optionalDuration(String key) {
    return optional(
        key,
        text -> {
          try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(LEAST) >= 0 && duration.compareTo(MOST) <= 0) {
              return duration;
            }
          } catch (DateTimeParseException e) {
            // said below, with the same words as for a negative one
          }
          throw new IllegalArgumentException(
              "a positive ISO-8601 duration is wanted, for instance PT30M or PT12H,"
                  + " from a millisecond to 10000 days.");
        });
  }

  /** A whole number. */
  int number(String key, int least, int absent) {
    return optionalNumber(key, least).orElse(absent);
  }

  Optional<Integer> optionalNumber(String key, int least) {
    return optional(
        key,
        text -> {
          try {
            int number = Integer.parseInt(text);
            if (number >= least) {
              return number;
            }
          } catch (NumberFormatException e) {
            // said below, with the same words as for one that is too small
          }
          throw new IllegalArgumentException("a whole number from " + least + " is wanted.");
        });
  }

  /** A number of bytes. */
  Optional<Long> optionalSize(String key, long least, long most) {
    return optional(
        key,
        text -> {
          Matcher size = SIZE.matcher(text);
          if (size.matches()) {
            long bytes = Long.parseLong(size.group(1)) * unit(size.group(2));
            if (bytes >= least && bytes <= most) {
              return bytes;
            }
          }
          throw new IllegalArgumentException(
              "a number of bytes from "
                  + least
                  + (most == Long.MAX_VALUE ? "" : " to " + most)
                  + " is wanted, for instance 65536 or \"64 KiB\".");
        });
  }

  private static long unit(@Nullable String name) {
    return switch (name) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case null, default -> 1;
    };
  }

  int port(String key, int absent) {
    return optional(
            key,
            text -> {
              try {
                int port = Integer.parseInt(text);
                if (port >= 0 && port <= 65535) {
                  return port;
                }
              } catch (NumberFormatException e) {
                // said below, with the same words as for one out of range
              }
              throw new IllegalArgumentException(
                  "a port from 1 to 65535 is wanted, or 0 for any free one.");
            })
        .orElse(absent);
  }

  /** Whether there is something behind the key. */
  boolean has(String key) {
    return node(key) != null;
  }

  /** Whether the key is there, perhaps with nothing behind it. */
  boolean names(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  boolean flag(String key, boolean absent) {
    return optional(
            key,
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw new IllegalArgumentException("true or false is wanted.");
                })
        .orElse(absent);
  }

  /** A list of values; a single scalar is a list of one. */
  <T> List<T> list(String key, Function<String, T> parse) {
    Node value = node(key);
    if (value == null) {
      return List.of();
    }
    List<Node> nodes =
        value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    List<T> list = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      T item = parsed(nodes.get(i), at(key) + "[" + i + "]", parse);
      if (item != null) {
        list.add(item);
      }
    }
    return list;
  }

  /** A list of at least one value. */
  <T> List<T> atLeastOne(String key, String wanted, Function<String, T> parse) {
    Node value = node(key);
    if (value == null || (value instanceof SequenceNode list && list.getValue().isEmpty())) {
      problem(key, "at least one is wanted, for instance " + wanted + ".");
    }
    return list(key, parse);
  }

  /** The section under a key; an empty one if the key is absent. */
  Section section(String key) {
    Node value = node(key);
    return value == null ? empty(key) : new Section(at(key), value, file);
  }

  /** The sections of a list. */
  List<Section> sections(String key) {
    Node value = node(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      file.problem(value, at(key), "a list is wanted here: lines that begin with \"-\".");
      return List.of();
    }
    List<Section> sections = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      sections.add(new Section(at(key) + "[" + sections.size() + "]", item, file));
    }
    return sections;
  }

  void problem(String key, String text) {
    file.problem(keyNode(key), at(key), text);
  }

  /** Refuses every key that was not asked for. */
  void refuseOthers() {
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        problem(key, "this key is not known. " + suggestion(key));
      }
    }
  }

  private String suggestion(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> isNear(lower, candidate.toLowerCase(Locale.ROOT)))
        .min(comparingInt(near -> distance(lower, near.toLowerCase(Locale.ROOT))))
        .map(nearest -> "Did you mean \"" + nearest + "\"?")
        .orElseGet(() -> "Known here are " + String.join(", ", known) + ".");
  }

  private static boolean isNear(String key, String other) {
    return other.startsWith(key) || key.startsWith(other) || distance(key, other) <= 2;
  }

  /** Levenshtein's distance, for keys of a few characters. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private <T> @Nullable T parsed(Node value, String key, Function<String, T> parse) {
    if (!(value instanceof ScalarNode scalar)) {
      file.problem(value, key, "a single value is wanted here.");
      return null;
    }
    try {
      return parse.apply(file.expand(scalar.getValue()));
    } catch (IllegalArgumentException e) {
      String found =
          e instanceof HiddenValueException ? "" : " Found: \"" + scalar.getValue() + "\"";
      file.problem(value, key, e.getMessage() + found);
      return null;
    }
  }

  /** An absent section: it stands where this one stands and has no keys. */
  private Section empty(String key) {
    Node nothing =
        new ScalarNode(
            Tag.NULL, true, "", ScalarStyle.PLAIN, node.getStartMark(), node.getEndMark());
    return new Section(at(key), nothing, file);
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  /** A value that is wrong and may be a secret. */
  private static final class HiddenValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    HiddenValueException(IllegalArgumentException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
