package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;
import dev.kinto.gateway.graph.ContractGraph.Reader;
import dev.kinto.gateway.graph.ContractGraph.Service;
import dev.kinto.manifest.Route;
import java.util.List;

/** The graph in the DOT language of Graphviz. */
final class DotText {
  private final StringBuilder text = new StringBuilder();

  private DotText() {}

  static String of(ContractGraph graph) {
    DotText dot = new DotText();
    dot.text.append(
        """
        digraph contracts {
          rankdir=LR;
          node [shape=box, style=rounded, fontname="Helvetica"];
          edge [fontname="Helvetica", fontsize=10];
        """);
    graph.services().forEach(dot::service);
    Arrows.of(graph).forEach(dot::arrow);
    graph.fields().stream().filter(field -> field.writer().isEmpty()).forEach(dot::missing);
    return dot.text.append("}\n").toString();
  }

  private void service(Service service) {
    StringBuilder label = new StringBuilder(escape(service.name())).append("\\n");
    for (Route route : service.routes()) {
      label.append(escape(route.signature())).append("\\l");
    }
    text.append("  ")
        .append(id(service.name()))
        .append(" [label=\"")
        .append(label)
        .append("\"];\n");
  }

  private void arrow(Arrows arrows) {
    line(id(arrows.from()), id(arrows.to()), arrows.required(), arrows.fields(), "");
  }

  private void missing(Field field) {
    String id = id("?" + field.name());
    text.append("  ").append(id).append(" [label=\"").append(escape(field.name()));
    text.append("\\nnobody sets it\", shape=ellipse, color=\"#cf222e\", fontcolor=\"#cf222e\"];\n");
    for (Reader reader : field.readers()) {
      line(
          id,
          id(reader.service()),
          reader.required(),
          List.of(field.name()),
          ", color=\"#cf222e\"");
    }
  }

  private void line(String from, String to, boolean required, List<String> fields, String more) {
    text.append("  ").append(from).append(" -> ").append(to).append(" [label=\"");
    fields.forEach(field -> text.append(escape(field)).append("\\l"));
    text.append('"').append(required ? "" : ", style=dashed").append(more).append("];\n");
  }

  private static String id(String name) {
    return '"' + escape(name) + '"';
  }

  private static String escape(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
