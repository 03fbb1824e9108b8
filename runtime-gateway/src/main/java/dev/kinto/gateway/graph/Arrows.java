package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;
import dev.kinto.gateway.graph.ContractGraph.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields between two microservices that one arrow shows in Mermaid and DOT, where an arrow for
 * each field would make a thicket.
 *
 * @param from the microservice that sets the fields
 * @param to the microservice that reads them
 * @param required whether it requires them
 * @param fields their names
 */
record Arrows(String from, String to, boolean required, List<String> fields) {

  private record Ends(String from, String to, boolean required) {}

  /** All arrows, in the order of fields. */
  static List<Arrows> of(ContractGraph graph) {
    Map<Ends, List<String>> fields = new LinkedHashMap<>();
    for (Field field : graph.fields()) {
      for (Reader reader : field.readers()) {
        field
            .writer()
            .map(writer -> new Ends(writer, reader.service(), reader.required()))
            .ifPresent(
                ends -> fields.computeIfAbsent(ends, _ -> new ArrayList<>()).add(field.name()));
      }
    }
    return fields.entrySet().stream()
        .map(
            e ->
                new Arrows(e.getKey().from(), e.getKey().to(), e.getKey().required(), e.getValue()))
        .toList();
  }
}
