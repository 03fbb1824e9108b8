package dev.kinto.export;

import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.PathTemplate.Kind;
import dev.kinto.manifest.PathTemplate.Segment;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The paths of a microservice as OpenAPI wants them: no two are equal up to the names of their
 * parameters, and a parameter is one segment.
 */
final class OpenApiPaths {
  private final Map<String, String> pathByShape = new HashMap<>();
  private final Map<String, Map<String, Operation>> operations = new TreeMap<>();

  /**
   * A route at its place in the document.
   *
   * @param route the route
   * @param parameters the parameters of its path, from the left
   */
  record Operation(Route route, List<PathParameter> parameters) {}

  /**
   * A parameter of a path.
   *
   * @param name its name in the document
   * @param declared its name in the route; empty if only the document needs it
   * @param rest whether it stands for all the segments that follow
   */
  record PathParameter(String name, String declared, boolean rest) {}

  private OpenApiPaths() {}

  /** The operations by path and method, both sorted. */
  static Map<String, Map<String, Operation>> of(Manifest manifest) {
    OpenApiPaths paths = new OpenApiPaths();
    String prefix = "/" + manifest.microservice();
    // What stands for one segment comes before what stands for the rest, which then gives way.
    manifest.routes().stream()
        .filter(route -> !hasRest(route.path()))
        .forEach(route -> paths.add(prefix, route, route.path().segments()));
    manifest.routes().stream()
        .filter(route -> hasRest(route.path()))
        .forEach(route -> paths.addRest(prefix, route));
    return paths.operations;
  }

  private static boolean hasRest(PathTemplate path) {
    return path.segments().get(path.segments().size() - 1).kind() == Kind.REST;
  }

  /**
   * {@code /files/{path*}} beside {@code /files/{name}} is called with two segments or more only,
   * for one goes to the other (contract C11): so it is {@code /files/{segment1}/{path}} here.
   */
  private void addRest(String prefix, Route route) {
    List<Segment> segments = new ArrayList<>(route.path().segments());
    Set<String> names = new HashSet<>(route.path().parameters());
    for (int i = 1; isTaken(route.method(), shape(prefix, segments)); i++) {
      if (names.add("segment" + i)) {
        segments.add(segments.size() - 1, new Segment(Kind.PARAMETER, "segment" + i));
      }
    }
    add(prefix, route, segments);
  }

  private boolean isTaken(String method, String shape) {
    String path = pathByShape.get(shape);
    return path != null && operations.getOrDefault(path, Map.of()).containsKey(method);
  }

  private void add(String prefix, Route route, List<Segment> segments) {
    // Another method of the same path may have other names for its parameters: the first one's
    // count.
    String path =
        pathByShape.computeIfAbsent(shape(prefix, segments), shape -> text(prefix, segments));
    List<String> names = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.startsWith("{")) {
        names.add(part.substring(1, part.length() - 1));
      }
    }
    List<PathParameter> parameters = new ArrayList<>();
    List<String> declared = route.path().parameters();
    for (Segment segment : segments) {
      if (segment.kind() != Kind.LITERAL) {
        String own = declared.contains(segment.text()) ? segment.text() : "";
        String name = names.get(parameters.size());
        parameters.add(new PathParameter(name, own, segment.kind() == Kind.REST));
      }
    }
    operations
        .computeIfAbsent(path, key -> new TreeMap<>())
        .put(route.method(), new Operation(route, List.copyOf(parameters)));
  }

  private static String shape(String prefix, List<Segment> segments) {
    StringBuilder shape = new StringBuilder(prefix);
    segments.forEach(s -> shape.append('/').append(s.kind() == Kind.LITERAL ? s.text() : "{}"));
    return shape.toString();
  }

  private static String text(String prefix, List<Segment> segments) {
    StringBuilder text = new StringBuilder(prefix);
    segments.forEach(
        s -> text.append('/').append(s.kind() == Kind.LITERAL ? s.text() : "{" + s.text() + "}"));
    return text.toString();
  }
}
