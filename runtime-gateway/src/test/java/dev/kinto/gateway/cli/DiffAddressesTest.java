package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code diff} compares who answers an address, and with which contract (contract C11, C21). */
class DiffAddressesTest {
  @TempDir Path folder;

  /**
   * A manifest of {@code m}.
   *
   * @param routes each {@code GET /a/{id}}; one that ends with {@code !} requires a session field
   */
  private Path manifest(String name, String... routes) throws IOException {
    String items =
        Stream.of(routes)
            .map(
                route -> {
                  String[] words = route.split("[ !]", -1);
                  String reads =
                      route.endsWith("!")
                          ? ", \"reads\": [{\"field\": \"auth-userId\", \"type\": \"Number\","
                              + " \"required\": true}]"
                          : "";
                  return "{\"method\": \"%s\", \"path\": \"%s\", \"name\": \"%s\"%s}"
                      .formatted(words[0], words[1], route, reads);
                })
            .collect(Collectors.joining(",\n"));
    return Files.writeString(
        folder.resolve(name),
        "{\"manifestVersion\": 1, \"microservice\": \"m\", \"routes\": [" + items + "]}");
  }

  private ContractRun diff(List<String> old, List<String> now) throws IOException {
    return ContractRun.of(
        new DiffCommand(),
        manifest("old.json", old.toArray(String[]::new)),
        manifest("new.json", now.toArray(String[]::new)));
  }

  private static List<String> routes(String list) {
    return List.of(list.split(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET /a/{id}; GET /a/{x*}",
        "GET /a/{id}; GET /a/{id}, GET /a/new",
        "GET /a/{id}!; GET /a/{id}!, GET /a/new",
        "GET /a/new, GET /a/{id}; GET /a/{id}",
        "GET /a/new; GET /{x*}",
        "GET /a/b/c, GET /a/{x*}; GET /a/{x*}",
        "GET /a/; GET /a/, GET /a/{id}!",
        "GET /a, GET /a/{x*}; GET /a, GET /a/{x*}, POST /a/{id}!",
        "HEAD /a, GET /a; GET /a",
        "GET /{a}/x, GET /y/{b}!; GET /y/{b}!, GET /{a}/x",
      })
  void whatStillAnswersBreaksNobody(String old, String now) throws IOException {
    ContractRun run = diff(routes(old), routes(now));
    assertEquals(0, run.exit(), run.out());
    assertFalse(run.out().contains("get 404"), run.out());
  }

  /** Callers of some old address get 403, though the route that they called may still be there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET /a/{id}; GET /a/{id}, GET /a/new!; GET /m/a/new",
        "GET /a/{id}; GET /a/{x*}!; GET /m/a/{x*}",
        "GET /a/{x*}; GET /a/{x*}, GET /a/{id}!; GET /m/a/{id}",
        "GET /a/new, GET /a/{id}!; GET /a/{id}!; GET /m/a/{id}",
        "GET /{a}/x; GET /{a}/x, GET /y/{b}!; GET /m/y/{b}",
        "GET /a; GET /a, HEAD /a!; HEAD /m/a",
        "GET /a/{x*}; GET /a/{x*}, GET /a/b/c/!; GET /m/a/b/c/",
      })
  void whatAsksForMoreAtAnOldAddressBreaksItsCallers(String old, String now, String by)
      throws IOException {
    ContractRun run = diff(routes(old), routes(now));
    assertEquals(1, run.exit(), run.out());
    assertTrue(
        run.out().contains("[KintoReadRequired] " + by + " now requires \"auth-userId\""),
        run.out());
    assertTrue(run.out().contains("1 error,"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET /a/{id}; GET /a/new; KintoRouteRemoved; 404",
        "GET /a/{x*}; GET /a/{id}; KintoRouteNarrowed; callers of /m/a/…/… get 404",
        "GET /a/{x*}; GET /a/{id}, GET /a/{b}/{c*}; KintoRouteNarrowed; callers of /m/a/…/ get 404",
        "GET /a; POST /a; KintoRouteRemoved; 405",
        "GET /a/; GET /a; KintoRouteRemoved; 404",
        "GET /a; GET /a/; KintoRouteRemoved; 404",
        "GET /a/; GET /a/{id}; KintoRouteRemoved; 404",
        "HEAD /a; POST /a; KintoRouteRemoved; 405",
      })
  void whatNobodyAnswersIsGone(String old, String now, String id, String status)
      throws IOException {
    ContractRun run = diff(routes(old), routes(now));
    assertEquals(1, run.exit(), run.out());
    assertTrue(run.out().contains("[" + id + "]"), run.out());
    assertTrue(run.out().contains(status), run.out());
  }

  @Test
  void aBrokenManifestIsOneErrorAndNobodyIsGone() throws IOException {
    Path good = manifest("good.json", "GET /a");
    for (String text :
        List.of(
            Files.readString(good).replace("GET\"", "get\""),
            Files.readString(good).replace("]}", ""),
            "{\"manifestVersion\": 1, \"routes\": []}")) {
      Path broken = Files.writeString(folder.resolve("broken.json"), text);
      ContractRun after = ContractRun.of(new DiffCommand(), good, broken);
      assertTrue(after.out().endsWith("1 error, 0 warnings, 0 notes\n"), after.out());
      ContractRun before = ContractRun.of(new DiffCommand(), broken, good);
      assertTrue(before.out().endsWith("1 error, 0 warnings, 0 notes\n"), before.out());
    }
  }
}
