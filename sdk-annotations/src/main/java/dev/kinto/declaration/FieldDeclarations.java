package dev.kinto.declaration;

import java.util.ArrayList;
import java.util.List;
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

  /** All of them. */
  public Stream<FieldDeclaration> stream() {
    return Stream.of(headers, parameters, results, errors).flatMap(List::stream);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return headers.isEmpty() && parameters.isEmpty() && results.isEmpty() && errors.isEmpty();
  }
}
