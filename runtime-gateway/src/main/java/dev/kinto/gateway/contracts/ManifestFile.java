package dev.kinto.gateway.contracts;

import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One manifest and, if it came from a file, its text, so that a finding can show its place. Not
 * safe for use by several threads: places are found on first need.
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

  /** A manifest that is none of a file's: findings name it, and no line. */
  static ManifestFile of(String name, Manifest manifest) {
    return new ManifestFile(name, "", manifest, List.of());
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

  /** Whose manifest this would be, if it could be used. */
  Optional<MicroserviceName> brokenMicroservice() {
    try {
      String written = places().text("/microservice");
      return manifest == null && !written.isEmpty()
          ? Optional.of(new MicroserviceName(written))
          : Optional.empty();
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /** Whether it cannot be used and does not even say whose it is: it may be anybody's. */
  boolean isOfNobody() {
    return manifest == null && brokenMicroservice().isEmpty();
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
    String item = values.item(items, field);
    if (item == null) {
      return values.at(items);
    }
    return values.at(values.has(item + "/" + part) ? item + "/" + part : item + "/field");
  }

  /** The model sorts routes, so the file is searched for the route that says the same. */
  private String pointer(Route route) {
    String pointer = places().item("/routes", route.signature());
    return pointer == null ? "/routes" : pointer;
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
