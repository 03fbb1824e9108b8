package dev.kinto.gateway.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kinto.gateway.dist.Installation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The archive: its launcher, the configuration to start from, what the build adds. */
class ArchiveIT {
  private static final String FREE_PORTS = "port: 0";

  @TempDir static Path folder;
  @TempDir Path conf;
  private static Installation installation;

  @BeforeAll
  static void unpack() throws Exception {
    installation = Installation.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "serve --help", "client new", "key new", "completion bash"})
  void commandsSayNothingBesides(String arguments) throws Exception {
    Result result = installation.kinto(arguments.split(" "));
    assertEquals(0, result.exit(), result.err());
    assertEquals("", result.err());
    assertFalse(result.out().isBlank());
  }

  @Test
  void helpNamesTheCommandThatWasTyped() throws Exception {
    Result result = installation.kinto("serve", "--help");
    assertTrue(result.out().startsWith("Usage: kinto serve "), result.out());
  }

  @Test
  void theLauncherIsFoundThroughLinks() throws Exception {
    Path link = Files.createSymbolicLink(conf.resolve("kinto"), installation.file("bin/kinto"));
    Path linkToLink = Files.createSymbolicLink(conf.resolve("k"), link.getFileName());
    Result result =
        Installation.run(conf, Map.of("KINTO_CACHE", "off"), linkToLink.toString(), "--version");
    assertEquals(0, result.exit(), result.err());
  }

  @Test
  void anOlderJavaIsOneSentence() throws Exception {
    Path old = Files.createDirectories(conf.resolve("old java/bin"));
    Files.writeString(old.resolveSibling("release"), "JAVA_VERSION=\"17.0.2\"\n");
    Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 1\n");
    assertTrue(java.toFile().setExecutable(true));
    Result result =
        installation.kinto(Map.of("KINTO_JAVA_HOME", old.getParent().toString()), "--version");
    assertEquals(2, result.exit());
    assertEquals(
        "kinto: KINTO_JAVA_HOME must be the home of a Java 25 or newer. Found: KINTO_JAVA_HOME="
            + old.getParent()
            + " (Java 17)\n",
        result.err());
  }

  /** The only warning is that nobody has a client yet: one that ships would be everybody's. */
  @Test
  void theConfigurationToStartFromIsGood() throws Exception {
    Result result = installation.kinto("serve", "--check");
    assertEquals(0, result.exit(), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains("there is no client"), result.err());
  }

  @Test
  void withTheLinesOfClientNewItHasNoWarning() throws Exception {
    String client = installation.kinto("client", "new", "--environment", "production").out();
    String lines = client.substring(client.indexOf("  - id:"), client.indexOf("To replace"));
    write(starter().replace("clients: []", "clients:\n" + lines));
    Result result = installation.kinto(variables("off"), "serve", "--check");
    assertEquals(0, result.exit(), result.err());
    assertEquals("", result.err());
  }

  private static String starter() throws Exception {
    return installation.text("conf/gateway.yaml").replaceAll("port: \\d+", FREE_PORTS);
  }

  private void write(String configuration) throws Exception {
    Files.writeString(conf.resolve("gateway.yaml"), configuration);
    Files.copy(installation.file("conf/jvm.options"), conf.resolve("jvm.options"));
  }

  private Map<String, String> variables(String cache) {
    return Map.of(
        "KINTO_CONF", conf.toString(),
        "KINTO_CACHE", cache,
        "STATE_DIRECTORY", conf.resolve("state").toString());
  }

  /** The whole life: a cache is made once, used, and made anew for another jar. */
  @Test
  void startsWithItsCacheDrainsAndSaysNothingOfTheJvm() throws Exception {
    write(starter());
    Path cache = conf.resolve("cache");
    String made = installation.kinto(variables(cache.toString()), "aot").out().strip();
    assertTrue(made.startsWith(cache.toString()), made);
    assertEquals(List.of(Path.of(made)), list(cache));
    assertEquals(made, installation.kinto(variables(cache.toString()), "aot").out().strip());

    try (Serving serving = Serving.start(installation, variables(cache.toString()), conf)) {
      assertTrue(Files.exists(conf.resolve("state/token.key")));
      Path maps = Path.of("/proc/" + serving.pid() + "/maps");
      assertTrue(!Files.exists(maps) || Files.readString(maps).contains(made), "cache not mapped");
      serving.stop();
      List<String> err = serving.err().lines().toList();
      assertTrue(
          err.stream().allMatch(line -> line.matches("\\d{4}-.* (INFO|WARNING) .*")),
          serving.err());
      assertEquals(3, serving.out().lines().count(), serving.out());
    }

    Path jar = installation.file("lib/kinto-gateway.jar");
    byte[] before = Files.readAllBytes(jar);
    try {
      // A comment of one byte behind the zip: another jar with the same classes.
      byte[] other = Arrays.copyOf(before, before.length + 1);
      other[before.length - 2] = 1;
      other[before.length] = '!';
      Files.write(jar, other);
      String anew = installation.kinto(variables(cache.toString()), "aot").out().strip();
      assertFalse(anew.equals(made), anew);
      assertEquals(List.of(Path.of(anew)), list(cache));
    } finally {
      Files.write(jar, before);
    }
  }

  private static List<Path> list(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** The first start makes the cache for the next one, beside itself. */
  @Test
  void theFirstStartMakesTheCache() throws Exception {
    write(starter());
    Path cache = Files.createDirectory(conf.resolve("cache"));
    try (Serving serving = Serving.start(installation, variables(cache.toString()), conf)) {
      Serving.await(() -> list(cache).stream().anyMatch(file -> file.toString().endsWith(".aot")));
      serving.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bash, 'source ./completions/bash/kinto; COMP_WORDS=(kinto cli); COMP_CWORD=1; _complete_kinto;"
        + " echo ${COMPREPLY[@]}'",
    "fish, 'source ./completions/fish/kinto.fish; complete -C \"kinto cli\"'",
    "zsh, 'autoload -Uz compinit; compinit -u -D; source ./completions/zsh/_kinto; echo client"
        + " $+functions[_complete_kinto]'",
  })
  void shellsCompleteTheCommands(String shell, String script) throws Exception {
    assumeTrue(Programs.has(shell), "There is no " + shell);
    Result result = Installation.run(folder, Map.of(), shell, "-c", script);
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().startsWith("client"), result.out() + result.err());
    assertFalse(result.out().contains("client 0"), result.out());
  }

  @Test
  void theLauncherIsPosix() throws Exception {
    assumeTrue(Programs.has("shellcheck"), "There is no shellcheck");
    Result result = Installation.run(folder, Map.of(), "shellcheck", "-s", "sh", "bin/kinto");
    assertEquals(0, result.exit(), result.out());
  }

  @Test
  void theBillOfMaterialsAndTheLicencesNameEveryLibrary() throws Exception {
    var components =
        JsonMapper.shared()
            .readTree(installation.text("sbom/kinto-gateway.cdx.json"))
            .path("components");
    List<String> listed =
        components
            .valueStream()
            .map(each -> each.path("name").stringValue() + "-" + each.path("version").stringValue())
            .toList();
    String licences = installation.text("licences/THIRD-PARTY.txt");
    for (Path jar : list(installation.file("lib/libs"))) {
      String name = jar.getFileName().toString().replace(".jar", "");
      assertTrue(
          listed.stream().anyMatch(each -> name.equals(each) || name.startsWith(each + "-")),
          name + " is not in the bill of materials");
      assertTrue(
          name.startsWith("sdk-annotations-") || mentions(licences, name),
          name + " is not in THIRD-PARTY.txt");
    }
    assertFalse(licences.contains("Unknown license"), licences);
  }

  /** A line has {@code group:artifact:version}. */
  private static boolean mentions(String licences, String jar) {
    return licences
        .lines()
        .map(line -> line.replaceFirst(".*\\([^ :]+:([^: ]+):([^: ]+) - .*", "$1-$2"))
        .anyMatch(jar::startsWith);
  }

  @Test
  void theUnitOfSystemdIsGood() throws Exception {
    assumeTrue(Programs.has("systemd-analyze"), "There is no systemd-analyze");
    String unit =
        installation
            .text("systemd/kinto-gateway.service")
            .replace("/opt/kinto/", folder.toString() + "/");
    Path file = Files.writeString(conf.resolve("kinto-gateway.service"), unit);
    Result verified =
        Installation.run(conf, Map.of(), "systemd-analyze", "verify", "--man=no", file.toString());
    assertEquals("", verified.err());
    assertEquals(0, verified.exit());
    Result rated =
        Installation.run(
            conf,
            Map.of(),
            "systemd-analyze",
            "security",
            "--offline=true",
            "--threshold=20",
            file.toString());
    assertEquals(0, rated.exit(), rated.out());
  }
}
