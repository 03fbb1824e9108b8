package dev.kinto.gateway.contracts;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings as a log of SARIF 2.1.0 (OASIS Standard), the format that code hosts and editors read.
 *
 * <p>Paths below the working directory are written relative to it, because that is where a build
 * checks its sources out. A manifest in a jar has no line that anybody could open: its place is the
 * jar.
 */
final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Findings findings;
  private final List<FindingKind> rules = Arrays.asList(FindingKind.values());

  private SarifReport(Findings findings) {
    this.findings = findings;
  }

  static String write(Findings findings) {
    return new SarifReport(findings).write();
  }

  private String write() {
    ObjectNode log = JSON.createObjectNode();
    log.put("$schema", SCHEMA);
    log.put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Kinto Gateway");
    ArrayNode descriptors = driver.putArray("rules");
    rules.forEach(rule -> describe(rule, descriptors.addObject()));
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    findings.all().forEach(finding -> result(finding, results.addObject()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(log);
  }

  private static void describe(FindingKind rule, ObjectNode descriptor) {
    descriptor.put("id", rule.id());
    descriptor.put("name", rule.id());
    descriptor.putObject("shortDescription").put("text", words(rule));
    descriptor.putObject("help").put("text", rule.mend());
    descriptor.putObject("defaultConfiguration").put("level", rule.severity().word());
  }

  /** {@code KintoReadType} as words: code hosts show them as the title of a group of results. */
  private static String words(FindingKind rule) {
    String name = rule.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private void result(Finding finding, ObjectNode result) {
    result.put("ruleId", finding.kind().id());
    result.put("ruleIndex", rules.indexOf(finding.kind()));
    result.put("level", finding.severity().word());
    result.putObject("message").put("text", text(finding));
    location(finding.place(), result.putArray("locations").addObject());
    if (!finding.related().isEmpty()) {
      ArrayNode related = result.putArray("relatedLocations");
      for (Finding.Related other : finding.related()) {
        ObjectNode location = related.addObject();
        location.put("id", related.size());
        location(other.place(), location);
        location.putObject("message").put("text", other.message());
      }
    }
    // Without it the same finding counts as new as soon as lines move.
    result
        .putObject("partialFingerprints")
        .put("kintoFinding/v1", finding.kind().id() + " " + finding.message());
  }

  private static String text(Finding finding) {
    return finding.mend().map(mend -> finding.message() + " " + mend).orElse(finding.message());
  }

  private static void location(Place place, ObjectNode location) {
    ObjectNode physical = location.putObject("physicalLocation");
    int inJar = place.file().indexOf("!/");
    String file = inJar < 0 ? place.file() : place.file().substring(0, inJar);
    physical.putObject("artifactLocation").put("uri", uri(Path.of(file)));
    if (inJar < 0) {
      ObjectNode region = physical.putObject("region");
      region.put("startLine", place.line());
      region.put("startColumn", place.column());
      region.put("endColumn", place.column() + place.length());
    }
    if (!place.pointer().isEmpty()) {
      location
          .putArray("logicalLocations")
          .addObject()
          .put("fullyQualifiedName", place.pointer())
          .put("kind", "property");
    }
  }

  private static String uri(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path there = file.toAbsolutePath().normalize();
    String absolute = there.toUri().toString();
    String base = here.toUri().toString();
    return there.startsWith(here) && absolute.startsWith(base)
        ? absolute.substring(base.length())
        : absolute;
  }
}
