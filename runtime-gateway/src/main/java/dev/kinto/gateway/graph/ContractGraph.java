package dev.kinto.gateway.graph;

import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The microservices of a set and the session fields between them, ready to be drawn.
 *
 * @param services the microservices, sorted by name
 * @param fields the session fields, sorted by name
 */
public record ContractGraph(List<Service> services, List<Field> fields) {

  /**
   * A microservice.
   *
   * @param name its name
   * @param routes its routes
   */
  public record Service(String name, List<Route> routes) {
    /** Copies the list. */
    public Service {
      routes = List.copyOf(routes);
    }
  }

  /**
   * A session field as one microservice sets it.
   *
   * @param name the owner's spelling; the reader's if nobody sets it
   * @param writer the microservice that sets it; absent if none does
   * @param readers who reads it, sorted by name
   */
  public record Field(String name, Optional<String> writer, List<Reader> readers) {
    /** Copies and sorts the list. */
    public Field {
      readers = readers.stream().sorted(Comparator.comparing(Reader::service)).toList();
    }
  }

  /**
   * A microservice that reads a field.
   *
   * @param service its name
   * @param required whether some route of it requires the field
   */
  public record Reader(String service, boolean required) {}

  /** Copies the lists. */
  public ContractGraph {
    services = List.copyOf(services);
    fields = List.copyOf(fields);
  }

  /** The graph of the given microservices; of two manifests for one the first counts. */
  public static ContractGraph of(Collection<Manifest> manifests) {
    Map<String, Service> services = new TreeMap<>();
    for (Manifest manifest : manifests) {
      String name = manifest.microservice().value();
      services.putIfAbsent(name, new Service(name, manifest.routes()));
    }
    return new ContractGraph(List.copyOf(services.values()), fields(services.values()));
  }

  private static List<Field> fields(Collection<Service> services) {
    Map<String, Map<String, Boolean>> readers = new TreeMap<>();
    Map<String, String> readSpelling = new TreeMap<>();
    // By folded name (contract C2), then by writer: a field has one owner, but a set may be faulty.
    Map<String, Map<String, String>> writers = new TreeMap<>();
    for (Service service : services) {
      for (Route route : service.routes()) {
        for (SessionRead read : route.reads()) {
          String folded = read.field().folded();
          readSpelling.putIfAbsent(folded, read.field().spelling());
          readers
              .computeIfAbsent(folded, _ -> new TreeMap<>())
              .merge(service.name(), read.required(), Boolean::logicalOr);
        }
        for (SessionWrite write : route.writes()) {
          writers
              .computeIfAbsent(write.field().folded(), _ -> new LinkedHashMap<>())
              .putIfAbsent(service.name(), write.field().spelling());
        }
      }
    }
    Map<String, List<Field>> fields = new TreeMap<>();
    readSpelling.forEach(
        (folded, spelling) ->
            fields.put(
                folded, List.of(new Field(spelling, Optional.empty(), list(readers.get(folded))))));
    writers.forEach(
        (folded, spellings) -> {
          List<Field> written = new ArrayList<>();
          spellings.forEach(
              (writer, spelling) ->
                  written.add(new Field(spelling, Optional.of(writer), list(readers.get(folded)))));
          fields.put(folded, written);
        });
    return fields.values().stream().flatMap(List::stream).toList();
  }

  private static List<Reader> list(@Nullable Map<String, Boolean> readers) {
    return readers == null
        ? List.of()
        : readers.entrySet().stream().map(e -> new Reader(e.getKey(), e.getValue())).toList();
  }

  /** The graph as an SVG picture, readable on light and dark pages. */
  public String toSvg() {
    return SvgPicture.of(this);
  }

  /** The graph as a Mermaid flowchart, which many code hosts draw in Markdown. */
  public String toMermaid() {
    return MermaidText.of(this);
  }

  /** The graph in the DOT language of Graphviz. */
  public String toDot() {
    return DotText.of(this);
  }
}
