package dev.kinto.gateway.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The file that is being read: its place on disk, what its placeholders stand for, and all that was
 * found wrong with it so far.
 */
final class ConfigFile {
  private final Path file;
  private final Placeholders placeholders;
  private final List<String> problems = new ArrayList<>();

  ConfigFile(Path file, UnaryOperator<@Nullable String> variables) {
    this.file = file;
    this.placeholders = new Placeholders(variables);
  }

  /** Its outermost mapping. */
  Section root() throws IOException, InvalidConfigException {
    try {
      return new Section("", parse(Files.readString(file)), this);
    } catch (CharacterCodingException e) {
      throw new InvalidConfigException(List.of(file + ": not UTF-8. Save the file as UTF-8."));
    }
  }

  private Node parse(String yaml) throws InvalidConfigException {
    try {
      return new Compose(LoadSettings.builder().setLabel(file.toString()).build())
          .composeString(yaml)
          .orElseThrow(() -> new InvalidConfigException(List.of(file + ": the file is empty.")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new InvalidConfigException(
          List.of(file + ":" + line + ": not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      throw new InvalidConfigException(List.of(file + ": not YAML: " + e.getMessage()));
    } catch (StackOverflowError e) {
      // The parser calls itself for each level; a reload must outlive any file.
      throw new InvalidConfigException(List.of(file + ": nested too deeply."));
    }
  }

  /** A scalar's text with its placeholders expanded. */
  String expand(String text) {
    return placeholders.expand(text);
  }

  /** A path of the file; a relative one begins where the file lies. */
  Path path(String text) {
    try {
      return file.toAbsolutePath().resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("this is not a path.", e);
    }
  }

  /** Where a node stands, for problems that are found after the file was read. */
  String place(Node node, String key) {
    return file + ":" + (node.getStartMark().map(Mark::getLine).orElse(0) + 1) + ": " + key;
  }

  void problem(Node node, String key, String text) {
    String where = key.isEmpty() ? "" : ": ";
    problems.add(place(node, key) + where + text);
  }

  void throwIfProblems() throws InvalidConfigException {
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
  }
}
