package dev.kinto.gateway.config;

import dev.kinto.gateway.disk.NotAFileException;
import dev.kinto.gateway.disk.RegularFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The file that is being read: what its placeholders stand for, where its keys are, and all that
 * was found wrong with it so far.
 */
final class ConfigFile {
  private final Path file;
  private final Placeholders placeholders;
  private final HostLookUp hosts;
  private final Places places;
  private final ConfigErrors problems;
  private final Set<Path> secretFiles = new LinkedHashSet<>();
  private String text = "";

  ConfigFile(Path file, UnaryOperator<@Nullable String> variables, HostLookUp hosts) {
    this.file = file;
    this.placeholders = new Placeholders(variables);
    this.hosts = hosts;
    this.places = new Places(file);
    this.problems = new ConfigErrors(places);
  }

  /** Its outermost mapping; an empty one if the file is none that can be read. */
  Section root() {
    return new Section("", parse(), this);
  }

  private Node parse() {
    try {
      text = RegularFile.read(file);
      Optional<Node> root =
          new Compose(LoadSettings.builder().setLabel(file.toString()).build()).composeString(text);
      return root.orElseGet(() -> unreadable(places.file(), "the file is empty."));
    } catch (NoSuchFileException e) {
      return unreadable(places.file(), "there is no such file.");
    } catch (NotAFileException e) {
      return unreadable(places.file(), e.getReason());
    } catch (AccessDeniedException e) {
      return unreadable(places.file(), "the user of the gateway may not read it. Allow it.");
    } catch (CharacterCodingException e) {
      return unreadable(places.file(), "not UTF-8. Save the file as UTF-8.");
    } catch (IOException e) {
      return unreadable(places.file(), "it cannot be read: " + e.getMessage());
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      return unreadable(new Place(file.toString(), line, ""), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      return unreadable(places.file(), "not YAML: " + e.getMessage());
    } catch (StackOverflowError e) {
      // The parser calls itself for each level; a reload must outlive any file.
      return unreadable(places.file(), "nested too deeply.");
    }
  }

  private Node unreadable(Place place, String text) {
    problems.add(place, text);
    problems.doubt("");
    return Entry.nothing();
  }

  /** A scalar's text with its placeholders expanded. */
  String expand(String text, boolean secret) {
    return placeholders.expand(text, secret);
  }

  /** What the host of a listener stands for. */
  InetAddress addressOf(String host) throws UnknownHostException {
    return hosts.addressOf(host);
  }

  /** Reads a file that holds a secret, and remembers it. */
  String secretIn(Path secretFile) {
    secretFiles.add(secretFile);
    return SecretFile.read(secretFile);
  }

  /** The files that hold secrets. */
  Set<Path> secretFiles() {
    return secretFiles;
  }

  /** A path of the file; a relative one begins where the file lies. */
  Path path(String text) {
    try {
      return file.toAbsolutePath().resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("this is not a path.", e);
    }
  }

  /** SHA-256 of its text, as hex digits. */
  String digest() {
    return Sha256.hex(text);
  }

  /** Where its keys are. */
  Places places() {
    return places;
  }

  /** What is wrong with it so far. */
  ConfigErrors problems() {
    return problems;
  }
}
