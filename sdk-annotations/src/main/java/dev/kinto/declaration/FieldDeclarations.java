package dev.kinto.declaration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The fields that an author declared on a route, by the kind of their declaration.
 *
 * @param headers {@code @ApiHeader} or {@code @apiHeader}
 * @param parameters {@code @ApiParam}, {@code @ApiQuery} and {@code @ApiBody}, or their tags; an
 *     empty group is {@code Url} where the path has a parameter of that name, else {@code Body}
 * @param results {@code @ApiSuccess} or {@code @apiSuccess}
 * @param errors {@code @ApiError} or {@code @apiError}
 */
public record FieldDeclarations(
    List<FieldDeclaration> headers,
    List<FieldDeclaration> parameters,
    List<FieldDeclaration> results,
    List<FieldDeclaration> errors) {

  /** No field is declared. */
  public static final FieldDeclarations NONE =
      new FieldDeclarations(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public FieldDeclarations {
    headers = List.copyOf(headers);
    parameters = List.copyOf(parameters);
    results = List.copyOf(results);
    errors = List.copyOf(errors);
  }

  /** These, and behind them others. */
  public FieldDeclarations and(FieldDeclarations others) {
    return new FieldDeclarations(
        joined(headers, others.headers),
        joined(parameters, others.parameters),
        joined(results, others.results),
        joined(errors, others.errors));
  }

  private static List<FieldDeclaration> joined(
      List<FieldDeclaration> first, List<FieldDeclaration> second) {
    List<FieldDeclaration> joined = new ArrayList<>(first);
    joined.addAll(second);
    return joined;
  }

  /**
   * These, and those of definitions that were not declared before: as in apidoc, who uses a
   * definition may declare one of its fields anew.
   */
  public FieldDeclarations using(List<FieldDeclarations> definitions) {
    return new FieldDeclarations(
        completed(definitions, FieldDeclarations::headers),
        completed(definitions, FieldDeclarations::parameters),
        completed(definitions, FieldDeclarations::results),
        completed(definitions, FieldDeclarations::errors));
  }

  private List<FieldDeclaration> completed(
      List<FieldDeclarations> definitions,
      Function<FieldDeclarations, List<FieldDeclaration>> kind) {
    List<FieldDeclaration> all = new ArrayList<>(kind.apply(this));
    Set<String> declared = new HashSet<>();
    all.forEach(field -> declared.add(key(field)));
    for (FieldDeclarations definition : definitions) {
      List<FieldDeclaration> fields = kind.apply(definition);
      fields.stream().filter(field -> !declared.contains(key(field))).forEach(all::add);
      // Only now: what one definition declares twice stays, to be refused.
      fields.forEach(field -> declared.add(key(field)));
    }
    return all;
  }

  private static String key(FieldDeclaration field) {
    return field.group().value() + "\n" + field.field().value();
  }

  /** All of them. */
  public Stream<FieldDeclaration> stream() {
    return Stream.of(headers, parameters, results, errors).flatMap(List::stream);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return headers.isEmpty() && parameters.isEmpty() && results.isEmpty() && errors.isEmpty();
  }
}
