package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;
import dev.kinto.gateway.graph.ContractGraph.Reader;
import dev.kinto.gateway.graph.ContractGraph.Service;
import dev.kinto.manifest.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The graph as a Mermaid flowchart. Ids are numbers: Mermaid has reserved words. */
final class MermaidText {
  private final StringBuilder text = new StringBuilder("flowchart LR\n");
  private final Map<String, String> ids = new HashMap<>();
  private int missing;

  private MermaidText() {}

  static String of(ContractGraph graph) {
    MermaidText mermaid = new MermaidText();
    graph.services().forEach(mermaid::service);
    Arrows.of(graph).forEach(mermaid::arrow);
    graph.fields().stream().filter(field -> field.writer().isEmpty()).forEach(mermaid::missing);
    if (mermaid.missing > 0) {
      mermaid.text.append("  classDef missing fill:#ffebe9,stroke:#cf222e,color:#a40e26\n");
    }
    return mermaid.text.toString();
  }

  private void service(Service service) {
    text.append("  ")
        .append(id(service.name()))
        .append("[\"<b>")
        .append(escape(service.name()))
        .append("</b>");
    for (Route route : service.routes()) {
      text.append("<br/>").append(escape(route.signature()));
    }
    text.append("\"]\n");
  }

  private String id(String service) {
    return ids.computeIfAbsent(service, _ -> "s" + ids.size());
  }

  private void arrow(Arrows arrows) {
    line(id(arrows.from()), arrows.required(), arrows.fields(), id(arrows.to()));
  }

  private void missing(Field field) {
    String id = "m" + missing++;
    text.append("  ").append(id).append("([\"").append(escape(field.name()));
    text.append("<br/>nobody sets it\"]):::missing\n");
    for (Reader reader : field.readers()) {
      line(id, reader.required(), List.of(field.name()), id(reader.service()));
    }
  }

  private void line(String from, boolean required, List<String> fields, String to) {
    String label = fields.stream().map(MermaidText::escape).collect(Collectors.joining("<br/>"));
    text.append("  ").append(from).append(required ? " -->" : " -.->");
    text.append("|\"").append(label).append("\"| ").append(to).append('\n');
  }

  /** Mermaid's entity codes: a number sign, a name or number, a semicolon. */
  private static String escape(String name) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || " -_./{}".indexOf(c) >= 0;
      escaped.append(plain ? String.valueOf(c) : "#" + (int) c + ";");
    }
    return escaped.toString();
  }
}
