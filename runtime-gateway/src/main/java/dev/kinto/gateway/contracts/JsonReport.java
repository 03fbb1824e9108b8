package dev.kinto.gateway.contracts;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings as JSON for scripts: one object with the findings and their number by severity. */
final class JsonReport {
  private static final JsonMapper JSON = JsonMapper.shared();

  private JsonReport() {}

  static String write(Findings findings) {
    ObjectNode report = JSON.createObjectNode();
    for (Severity severity : Severity.values()) {
      report.put(severity.word() + "s", findings.count(severity));
    }
    ArrayNode items = report.putArray("findings");
    for (Finding finding : findings.all()) {
      ObjectNode item = items.addObject();
      item.put("id", finding.kind().id());
      item.put("severity", finding.severity().word());
      item.put("message", finding.message());
      finding.mend().ifPresent(mend -> item.put("mend", mend));
      place(item, finding.place());
      ArrayNode related = item.putArray("related");
      finding.related().forEach(other -> place(related.addObject(), other));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report);
  }

  private static void place(ObjectNode item, Finding.Related related) {
    item.put("message", related.message());
    place(item, related.place());
  }

  private static void place(ObjectNode item, Place place) {
    item.put("file", place.file());
    item.put("pointer", place.pointer());
    item.put("line", place.line());
    item.put("column", place.column());
  }
}
