package dev.kinto.declaration;

import dev.kinto.manifest.Example;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /** The same with another title. */
  public Wording withTitle(String line) {
    return new Wording(line, group, description, version, permissions, deprecation, examples);
  }

  /** The same with another description. */
  public Wording withDescription(String words) {
    return new Wording(title, group, words, version, permissions, deprecation, examples);
  }

  /**
   * The same with what apidoc takes from definitions that are used: their permissions and examples,
   * and the first description and deprecation where there is none yet.
   */
  public Wording using(List<Wording> definitions) {
    List<Wording> all = Stream.concat(Stream.of(this), definitions.stream()).toList();
    return new Wording(
        title,
        group,
        all.stream().map(Wording::description).filter(d -> !d.isEmpty()).findFirst().orElse(""),
        version,
        all.stream().flatMap(wording -> wording.permissions.stream()).toList(),
        all.stream().flatMap(wording -> wording.deprecation.stream()).findFirst(),
        all.stream().flatMap(wording -> wording.examples.stream()).toList());
  }
}
