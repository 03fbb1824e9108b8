package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.contracts.FindingKind;
import dev.kinto.gateway.contracts.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code check} (contract C41). */
class CheckCommandTest {
  private static final Path CASES = ContractRun.CASES.resolve("check");
  private static final Path MENDED = CASES.resolve("KintoReadType/good");
  private static final Path BROKEN = CASES.resolve("KintoReadType/bad");
  private static final Path WARNED = CASES.resolve("KintoReadAsOtherType/bad");

  @TempDir Path folder;

  private static ContractRun check(Object... arguments) {
    return ContractRun.of(new CheckCommand(), arguments);
  }

  static List<FindingKind> kinds() {
    return Stream.of(FindingKind.values()).filter(kind -> !kind.ofDiff()).toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachFindingIsFoundWhereItIs(FindingKind kind) throws IOException {
    Path cases = CASES.resolve(kind.id());
    ContractRun run = check(cases.resolve("bad"));
    assertTrue(run.out().contains(": [" + kind.id() + "] "), run.out());
    assertEquals("", run.err());
    if (kind.severity() == Severity.ERROR) {
      assertEquals(1, run.exit());
    }
    Golden.check(cases.resolve("expected.txt"), run.out());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachFindingGoesAwayWhenMended(FindingKind kind) {
    ContractRun run = check(CASES.resolve(kind.id()).resolve("good"));
    assertFalse(run.out().contains("[" + kind.id() + "]"), run.out());
    assertEquals(0, run.exit(), run.out());
  }

  @Test
  void goodContractsGiveOneSentence() {
    assertEquals(new ContractRun(0, "All contracts hold.\n", ""), check(MENDED));
  }

  @Test
  void warningsAreNoErrorsUnlessStrict() {
    assertEquals(0, check(WARNED).exit());
    assertEquals(1, check("--strict", WARNED).exit());
    assertEquals(0, check("--strict", CASES.resolve("KintoWriteUnread/bad")).exit());
  }

  @Test
  void nothingIsColouredButOnATerminal() {
    assertFalse(check(BROKEN).out().contains("\u001b["));
    String coloured = ContractRun.of(new CheckCommand(), Ansi.ON, BROKEN).out();
    assertTrue(coloured.contains("\u001b["), coloured);
    assertEquals(check(BROKEN).out(), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void jsonHasEveryFindingWithItsPlace() throws IOException {
    ContractRun run = check("--format", "json", CASES.resolve("KintoReadWithoutProducer/bad"));
    assertEquals(1, run.exit());
    Golden.check(CASES.resolve("KintoReadWithoutProducer/expected.json"), run.out());
  }

  @Test
  void sarifHasWhatTheStandardRequires() {
    ContractRun run = check("--format", "sarif", BROKEN);
    assertEquals(1, run.exit());
    JsonNode log = JsonMapper.shared().readTree(run.out());
    assertEquals("2.1.0", log.at("/version").stringValue());
    JsonNode driver = log.at("/runs/0/tool/driver");
    assertEquals("Kinto Gateway", driver.at("/name").stringValue());
    assertEquals(FindingKind.values().length, driver.at("/rules").size());
    JsonNode results = log.at("/runs/0/results");
    assertEquals(6, results.size());
    for (JsonNode result : results) {
      int rule = result.at("/ruleIndex").intValue();
      assertEquals(
          driver.at("/rules/" + rule + "/id").stringValue(), result.at("/ruleId").stringValue());
      assertTrue(List.of("error", "warning", "note").contains(result.at("/level").stringValue()));
      assertFalse(result.at("/message/text").stringValue().isBlank());
      JsonNode place = result.at("/locations/0/physicalLocation");
      assertEquals(
          BROKEN.resolve("articles.json").toString(),
          place.at("/artifactLocation/uri").stringValue());
      assertTrue(place.at("/region/startLine").intValue() > 1);
      assertTrue(
          place.at("/region/endColumn").intValue() > place.at("/region/startColumn").intValue());
    }
  }

  @Test
  void manifestsInAJarAreFoundAndNamed() throws IOException {
    Path jar = folder.resolve("service.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("auth.json", "articles.json")) {
        zip.putNextEntry(new ZipEntry("META-INF/kinto/" + name));
        zip.write(Files.readAllBytes(BROKEN.resolve(name)));
      }
    }
    ContractRun run = check(jar);
    assertEquals(1, run.exit());
    String place = jar + "!/META-INF/kinto/articles.json:12:19: error: [KintoReadType] ";
    assertTrue(run.out().startsWith(place), run.out());
    JsonNode log = JsonMapper.shared().readTree(check("--format", "sarif", jar).out());
    JsonNode location = log.at("/runs/0/results/0/locations/0");
    assertEquals(
        jar.toUri().toString(),
        location.at("/physicalLocation/artifactLocation/uri").stringValue());
    assertEquals(
        "/routes/0/reads/0/type",
        location.at("/logicalLocations/0/fullyQualifiedName").stringValue());
  }

  @Test
  void aManifestNamedTwiceCountsOnce() {
    assertEquals(0, check(MENDED, MENDED.resolve("auth.json"), MENDED).exit());
  }

  @Test
  void otherJsonInAFolderIsPassedOver() throws IOException {
    Files.copy(MENDED.resolve("auth.json"), folder.resolve("auth.json"));
    Files.writeString(folder.resolve("package.json"), "{}");
    assertFalse(check(folder).out().contains("package.json"));
    assertTrue(check(folder.resolve("package.json")).out().contains("KintoManifestInvalid"));
  }

  @Test
  void wrongUseIsTold() throws IOException {
    assertEquals(2, check().exit());
    assertEquals(2, check("--format", "xml", MENDED).exit());
    ContractRun absent = check("no-such-folder");
    assertEquals(
        new ContractRun(2, "", "error: there is no file or folder no-such-folder\n"), absent);
    ContractRun empty = check(folder);
    assertEquals(new ContractRun(2, "", "error: there is no manifest in " + folder + "\n"), empty);
  }

  @Test
  void aManifestOnOneLongLineShowsThePartThatMatters() throws IOException {
    for (String name : List.of("auth.json", "articles.json")) {
      Files.writeString(
          folder.resolve(name),
          Files.readString(BROKEN.resolve(name)).replaceAll("\\s*\n\\s*", ""));
    }
    List<String> lines = check(folder).out().lines().toList();
    int at = lines.get(2).indexOf('^');
    assertTrue(lines.get(1).substring(at).startsWith("\"Number\""), lines.toString());
    assertTrue(lines.get(1).length() < 140, lines.get(1));
  }
}
