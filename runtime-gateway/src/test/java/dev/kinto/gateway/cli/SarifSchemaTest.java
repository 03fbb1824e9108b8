package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that {@code check} and {@code diff} find, held against the schema of SARIF 2.1.0. */
class SarifSchemaTest {
  private static final Path SCHEMA =
      RealTools.INSTALLED.resolve(
          "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

  private static Schema schema;

  @TempDir Path folder;

  @BeforeAll
  static void load() throws IOException, InterruptedException {
    RealTools.install();
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
            .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
  }

  private static List<String> problems(String log) {
    return schema
        .validate(
            log,
            InputFormat.JSON,
            run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  private static List<Path> cases(String command) throws IOException {
    try (Stream<Path> cases = Files.list(ContractRun.CASES.resolve(command))) {
      return cases.sorted().toList();
    }
  }

  @Test
  void everyLogIsValid() throws IOException {
    List<String> logs = new ArrayList<>();
    for (Path found : cases("check")) {
      logs.add(sarif(new CheckCommand(), found.resolve("bad")));
    }
    for (Path found : cases("diff")) {
      logs.add(sarif(new DiffCommand(), found.resolve("bad/old"), found.resolve("bad/new")));
    }
    Path files = ContractRun.CASES.resolve("diff-one");
    logs.add(
        sarif(new DiffCommand(), files.resolve("auth-old.json"), files.resolve("auth-new.json")));
    assertTrue(logs.size() > 30, logs::toString);
    for (String log : logs) {
      assertTrue(log.contains("\"ruleId\""), log);
      assertEquals(List.of(), problems(log), log);
    }
  }

  @Test
  void aLogWithoutFindingsIsValid() {
    String log = sarif(new CheckCommand(), ContractRun.CASES.resolve("check/KintoReadType/good"));
    assertEquals(List.of(), problems(log), log);
  }

  @Test
  void namesOfFilesThatNoUriHoldsAreEncoded() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("a b%\u00e4#?"));
    Path broken = ContractRun.CASES.resolve("check/KintoReadType/bad");
    for (String name : List.of("auth.json", "articles.json")) {
      Files.copy(broken.resolve(name), odd.resolve(name));
    }
    String log = sarif(new CheckCommand(), odd);
    assertTrue(log.contains("a%20b%25%C3%A4%23%3F/articles.json"), log);
    assertEquals(List.of(), problems(log), log);
  }

  @Test
  void theSchemaRefusesWhatIsWrong() {
    String log = sarif(new CheckCommand(), ContractRun.CASES.resolve("check/KintoReadType/bad"));
    for (String broken :
        List.of(
            log.replaceFirst("\"version\" : \"2.1.0\"", "\"version\" : \"2.0.0\""),
            log.replaceFirst("\"text\"", "\"words\""),
            log.replaceFirst("\"startLine\" : [0-9]+", "\"startLine\" : 0"),
            log.replaceFirst("\"uri\" : \"", "\"uri\" : \"a b"))) {
      assertFalse(broken.equals(log));
      assertFalse(problems(broken).isEmpty(), broken);
    }
  }

  private static String sarif(Object command, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("--format", "sarif"));
    all.addAll(List.of(arguments));
    ContractRun run = ContractRun.of(command, all.toArray());
    assertEquals("", run.err());
    return run.out();
  }
}
