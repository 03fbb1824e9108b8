package dev.kinto.gateway.config;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with one file. */
final class Problems {
  private final String file;
  private final List<String> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /** Where a node stands, for problems that are found after the file was read. */
  String place(Node node, String key) {
    return file + ":" + (node.getStartMark().map(Mark::getLine).orElse(0) + 1) + ": " + key;
  }

  void add(Node node, String key, String text) {
    found.add(place(node, key) + ": " + text);
  }

  void throwIfAny() throws InvalidConfigException {
    if (!found.isEmpty()) {
      throw new InvalidConfigException(found);
    }
  }
}
