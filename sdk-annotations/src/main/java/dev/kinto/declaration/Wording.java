package dev.kinto.declaration;

import dev.kinto.manifest.Example;
import java.util.List;
import java.util.Optional;

/**
 * What an author says about a route to people, unchecked.
 *
 * @param title one line, or empty
 * @param group apidoc's group, or empty
 * @param description or empty
 * @param version what {@code @ApiVersion} or {@code @apiVersion} says
 * @param permissions who may call it
 * @param deprecation present if it should not be used any more; what to use instead, or empty
 * @param examples in the order of the source
 */
public record Wording(
    String title,
    String group,
    String description,
    Optional<Text> version,
    List<String> permissions,
    Optional<String> deprecation,
    List<Example> examples) {

  /** Nothing is said. */
  public static final Wording NONE = titled("", "", "");

  /** Copies the lists. */
  public Wording {
    permissions = List.copyOf(permissions);
    examples = List.copyOf(examples);
  }

  /** A title, a group and a description, each perhaps empty, and nothing else. */
  public static Wording titled(String title, String group, String description) {
    return new Wording(
        title, group, description, Optional.empty(), List.of(), Optional.empty(), List.of());
  }

  /** The same with another description. */
  public Wording withDescription(String words) {
    return new Wording(title, group, words, version, permissions, deprecation, examples);
  }
}
