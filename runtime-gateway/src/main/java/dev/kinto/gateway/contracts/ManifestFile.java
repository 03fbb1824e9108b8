package dev.kinto.gateway.contracts;

import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.Route;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One manifest with the text that it was read from, so that a finding can show its place. Not safe
 * for use by several threads: places are found on first need.
 */
final class ManifestFile {
  private final String name;
  private final String json;
  private final @Nullable Manifest manifest;
  private final List<ManifestProblem> problems;
  private @Nullable JsonPlaces places;

  private ManifestFile(
      String name, String json, @Nullable Manifest manifest, List<ManifestProblem> problems) {
    this.name = name;
    this.json = json;
    this.manifest = manifest;
    this.problems = problems;
  }

  static ManifestFile of(String name, String json) {
    try {
      return new ManifestFile(name, json, ManifestReader.read(json), List.of());
    } catch (InvalidManifestException e) {
      return new ManifestFile(name, json, null, e.problems());
    }
  }

  /** What the file says; absent if it cannot be used. */
  Optional<Manifest> manifest() {
    return Optional.ofNullable(manifest);
  }

  /** Why it cannot be used, each as a finding at its place. */
  List<Finding> problems() {
    return problems.stream().map(this::problem).toList();
  }

  private Finding problem(ManifestProblem problem) {
    String text = problem.toString();
    return Finding.of(
        FindingKind.MANIFEST_INVALID,
        at(problem.pointer()),
        text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
  }

  /** Where the microservice is named. */
  Place microservice() {
    return at("/microservice");
  }

  /** Where a route is: its path, or one of its parts. */
  Place route(Route route, String part) {
    return at(pointer(route) + "/" + part);
  }

  /**
   * Where a field of a route is named.
   *
   * @param list {@code reads}, {@code writes} or {@code config}
   * @param field the field's spelling
   * @param part {@code field} or another part of it
   */
  Place field(Route route, String list, String field, String part) {
    JsonPlaces values = places();
    String items = pointer(route) + "/" + list;
    for (int i = 0; values.has(items + "/" + i); i++) {
      String item = items + "/" + i;
      if (values.text(item + "/field").equals(field)) {
        return values.at(values.has(item + "/" + part) ? item + "/" + part : item + "/field");
      }
    }
    return values.at(items);
  }

  /** The model sorts routes, so the file is searched for the route that says the same. */
  private String pointer(Route route) {
    JsonPlaces values = places();
    for (int i = 0; values.has("/routes/" + i); i++) {
      String pointer = "/routes/" + i;
      if (values.text(pointer + "/method").equals(route.method())
          && values.text(pointer + "/path").equals(route.path().text())) {
        return pointer;
      }
    }
    return "/routes";
  }

  private Place at(String pointer) {
    return places().at(pointer);
  }

  private JsonPlaces places() {
    JsonPlaces known = places;
    if (known == null) {
      known = JsonPlaces.of(name, json);
      places = known;
    }
    return known;
  }
}
