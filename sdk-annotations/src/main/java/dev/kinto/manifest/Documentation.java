package dev.kinto.manifest;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a route says to the people who call it, beside its names and session fields. The gateway
 * itself does not go by it; documentation and checks do.
 *
 * @param version apidoc's {@code @apiVersion}
 * @param permissions who may call it, sorted; apidoc's {@code @apiPermission}
 * @param deprecation present if it should not be used any more; what to use instead, or empty
 * @param headers ordinary request headers, sorted by name
 * @param parameters parameters in the path, the query and the body, sorted
 * @param results the fields of successful answers, sorted by status and name
 * @param errors the fields of answers that report an error, sorted by status and name
 * @param examples by subject, in the author's order
 */
public record Documentation(
    Optional<Version> version,
    List<String> permissions,
    Optional<String> deprecation,
    List<DocumentedField> headers,
    List<DocumentedField> parameters,
    List<DocumentedField> results,
    List<DocumentedField> errors,
    List<Example> examples) {

  /** Nothing is documented. */
  public static final Documentation NONE =
      new Documentation(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  /** Copies and sorts the lists. */
  public Documentation {
    permissions = permissions.stream().distinct().sorted().toList();
    headers = headers.stream().sorted().toList();
    parameters = parameters.stream().sorted().toList();
    results = results.stream().sorted().toList();
    errors = errors.stream().sorted().toList();
    examples = examples.stream().sorted(Comparator.comparing(Example::of)).toList();
  }
}
