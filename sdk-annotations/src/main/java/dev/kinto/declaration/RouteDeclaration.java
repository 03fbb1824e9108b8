package dev.kinto.declaration;

import java.util.List;

/**
 * A route as its author declared it, unchecked.
 *
 * @param method the HTTP method
 * @param path the path below the microservice
 * @param name the route's name, given or derived by the reader
 * @param title one line for people, or empty
 * @param group apidoc's group, or empty
 * @param description for people, or empty
 * @param headers what {@code @ApiHeader} or {@code @apiHeader} declares
 * @param results what {@code @ApiSuccess} or {@code @apiSuccess} declares
 * @param rotatesToken whether success gives the session a new token
 */
public record RouteDeclaration(
    Text method,
    Text path,
    Text name,
    String title,
    String group,
    String description,
    List<FieldDeclaration> headers,
    List<FieldDeclaration> results,
    boolean rotatesToken) {

  /** Copies the lists. */
  public RouteDeclaration {
    headers = List.copyOf(headers);
    results = List.copyOf(results);
  }
}
