package dev.kinto.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.session.SessionLifetime;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration file (contract C42, C43). */
class GatewayConfigTest {
  /** Of the secret "s". */
  private static final String HASH =
      "sha256:043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89";

  private static final String MINIMAL =
      """
      environments:
        demo:
          services:
            auth:
              manifest: auth.json
              upstreams: [ "http://127.0.0.1:9001" ]
      clients:
        - id: web
          environment: demo
          secretHash: "%s"
      """
          .formatted(HASH);

  @TempDir Path folder;

  @BeforeEach
  void manifests() throws IOException {
    Files.writeString(folder.resolve("auth.json"), "{}");
  }

  @Test
  void upstreamLimitsOfAServiceComeBeforeThoseOfAll() throws Exception {
    String limits =
        """
        upstreamLimits: { maxConcurrent: 10, queue: 0, idleTimeout: PT5M }
        """;
    GatewayConfig config =
        read(
            limits
                + MINIMAL.replace(
                    "      upstreams:",
                    "      upstreamLimits: { queue: 3, totalTimeout: PT9S }\n        upstreams:"),
            Map.of());

    assertEquals(
        new UpstreamLimits(
            10,
            config.webSocketLimits().total() - config.webSocketLimits().total() / 4,
            3,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Optional.of(Duration.ofSeconds(9))),
        config.environments().get("demo").services().get("auth").limits(),
        "contract C34, C43");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxConcurrent: 0",
        "maxWebSockets: 0",
        "queue: -1",
        "queue: x",
        "idleTimeout: 5s"
      })
  void upstreamLimitsThatMakeNoSenseAreRefused(String limit) {
    InvalidConfigException e =
        assertThrows(
            InvalidConfigException.class,
            () -> read("upstreamLimits: { " + limit + " }\n" + MINIMAL, Map.of()));

    assertEquals(1, e.problems().size());
    assertTrue(e.problems().getFirst().contains("upstreamLimits."), e.problems().toString());
  }

  @Test
  void clientLimitsAreThoseOfTheFileOrTheDefaults() throws Exception {
    String limits =
        """
        clientLimits: { maxTargetLength: 4 KiB, maxBodySize: 10 MiB, headTimeout: PT5S, maxConnections: 9 }
        """;

    assertEquals(
        new ClientLimits(
            4096,
            16 * 1024,
            OptionalLong.of(10 * 1024 * 1024),
            Duration.ofSeconds(5),
            Duration.ofSeconds(75),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            OptionalInt.of(9)),
        read(limits + MINIMAL).clientLimits(),
        "contract C36, C43");
    assertEquals(ClientLimits.DEFAULT, read(MINIMAL).clientLimits());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxTargetLength: 255",
        "maxTargetLength: 17 MiB",
        "maxHeadersSize: 2 GiB",
        "maxHeadersSize: 1 KB",
        "maxBodySize: -1",
        "maxBodySize: 99999999999",
        "maxBodySize: 1.5 MiB",
        "headTimeout: 5s",
        "idleTimeout: PT0S",
        "maxConnections: 0",
        "maxHeaderSize: 9 KiB"
      })
  void clientLimitsThatMakeNoSenseAreRefused(String limit) {
    String problems = problems("clientLimits: { " + limit + " }\n" + MINIMAL);

    assertTrue(problems.startsWith("1: clientLimits."), problems);
    assertEquals(1, problems.lines().count());
  }

  private GatewayConfig read(String yaml, Map<String, String> variables)
      throws IOException, InvalidConfigException {
    return GatewayConfig.read(Files.writeString(folder.resolve("kinto.yaml"), yaml), variables)
        .orThrow();
  }

  private GatewayConfig read(String yaml) throws IOException, InvalidConfigException {
    return read(yaml, Map.of());
  }

  /** What is wrong with a file, one problem a line, each beginning with the line in the file. */
  private String problems(String yaml, Map<String, String> variables) {
    InvalidConfigException e =
        assertThrows(InvalidConfigException.class, () -> read(yaml, variables));
    return String.join("\n", e.problems()).replace(folder.resolve("kinto.yaml") + ":", "");
  }

  private String problems(String yaml) {
    return problems(yaml, Map.of());
  }

  /** C43: the file that the contract shows, with manifests and a whole hash. */
  @Test
  void theContractsExampleIsRead() throws Exception {
    Files.createDirectory(folder.resolve("manifests"));
    Files.writeString(folder.resolve("manifests/auth.json"), "{}");
    Files.writeString(folder.resolve("manifests/articles.json"), "{}");
    String yaml =
        """
        listeners:
          api:    { host: 127.0.0.1, port: 8080 }
          public: { host: 127.0.0.1, port: 8081 }
          admin:  { host: 127.0.0.1, port: 9090 }
        environments:
          demo:
            config: { githubToken: "${GITHUB_TOKEN:none}" }
            services:
              auth:
                manifest: manifests/auth.json
                upstreams: [ "http://127.0.0.1:9001" ]
              articles:
                manifest: manifests/articles.json
                upstreams: [ "http://127.0.0.1:9002", "http://127.0.0.1:9003" ]
                config: [ githubToken ]
                public: [ "GET /articles/{id}" ]
        clients:
          - id: demo-web
            environment: demo
            secretHash: "%s"
            allowedOrigins: [ "http://localhost:5173" ]
            idleTimeout: PT30M
            maxLifetime: PT12H
        session: { idleTimeout: PT30M, maxLifetime: PT12H }
        tokens: { keys: [ { id: k2, secret: "${KINTO_KEY_2}" } ], grace: PT30S }
        grid: { mode: embedded }
        """
            .formatted(HASH);
    GatewayConfig config = read(yaml, Map.of("KINTO_KEY_2", "0123456789abcdef0123456789abcdef"));
    assertEquals(plain("127.0.0.1", 8080), config.listeners().api());
    assertEquals(plain("127.0.0.1", 8081), config.listeners().open());
    EnvironmentConfig demo = config.environments().get("demo");
    assertEquals(Map.of("githubToken", "none"), demo.values());
    ServiceConfig articles = demo.services().get("articles");
    assertEquals(
        new ManifestSource.OnDisk(folder.resolve("manifests/articles.json")), articles.manifest());
    assertEquals(
        Stream.of("http://127.0.0.1:9002", "http://127.0.0.1:9003")
            .map(t -> HttpOrigin.parse(t).orElseThrow())
            .toList(),
        articles.upstreams());
    assertEquals(List.of("githubToken"), articles.grants());
    assertEquals(List.of("GET /articles/{id}"), articles.publicRoutes());
    ClientConfig web = config.clients().get("demo-web");
    assertEquals("demo", web.environment());
    assertTrue(web.secrets().match("s"));
    assertEquals(SessionLifetime.DEFAULT, web.lifetime());
    assertEquals("k2", config.tokens().keys().get(0).id());
    assertEquals("0123456789abcdef0123456789abcdef", config.tokens().keys().get(0).secret());
  }

  @Test
  void whatIsNotSaidHasTheContractsDefaults() throws Exception {
    GatewayConfig config = read(MINIMAL);
    assertEquals(plain("127.0.0.1", 8080), config.listeners().api());
    assertEquals(plain("127.0.0.1", 8081), config.listeners().open());
    assertEquals(SessionLifetime.DEFAULT, config.clients().get("web").lifetime());
    assertEquals(List.of(), config.tokens().keys());
    assertEquals(folder.resolve("kinto-data"), config.dataDirectory());
  }

  /** C42: a file or jar, an address, or the running microservice. */
  @Test
  void aManifestHasThreeKindsOfSources() throws Exception {
    String service =
        """
        environments:
          demo:
            services:
              auth:
                upstreams: [ "http://127.0.0.1:9001" ]
        """;
    assertEquals(new ManifestSource.Running(), auth(service).manifest());
    assertEquals(Optional.empty(), auth(service).allowReads());
    assertEquals(
        "http://127.0.0.1:9001/.well-known/kinto-manifest.json", auth(service).manifestName());
    ServiceConfig url =
        auth(
            service
                + "        manifest: https://ci.internal/auth.json?key=k\n        allowReads:\n");
    assertEquals(
        new ManifestSource.AtUrl(
            HttpOrigin.parse("https://ci.internal").orElseThrow(), "/auth.json?key=k"),
        url.manifest());
    assertEquals("https://ci.internal/auth.json", url.manifestName());
    assertEquals(Optional.of(List.of()), url.allowReads(), "nothing is allowed");
    assertEquals(Duration.ofSeconds(10), read(service).manifests().pollInterval());
  }

  private ServiceConfig auth(String yaml) throws IOException, InvalidConfigException {
    return read(yaml).environments().get("demo").services().get("auth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "https://user@h/x", "http://h/x#y", "http:x", "http://h/ x"})
  void anAddressOfAManifestIsChecked(String url) throws Exception {
    String problems = problems(MINIMAL.replace("auth.json", '"' + url + '"'));
    assertTrue(problems.contains("an address is wanted: http or https, host"), problems);
  }

  /** C24: per client, else for all, else the default. */
  @Test
  void lifetimesOfAClientWinOverThoseOfTheFile() throws Exception {
    GatewayConfig config =
        read(
            MINIMAL
                + "    idleTimeout: PT1M\n"
                + "session: { idleTimeout: PT2M, maxLifetime: PT3H }\n");
    assertEquals(
        new SessionLifetime(
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(3)),
        config.clients().get("web").lifetime());
  }

  /** C42: all listed at once, each with file and line, key, what was found and the mend. */
  @Test
  void everyMistakeIsReportedAtOnceWithItsLine() {
    String yaml =
        """
        listeners:
          api: { prot: 1, port: 65536 }
          publik:
            port: 8081
        environments:
          demo:
            services:
              auth:
                manifest: missing.json
                upstreams: [ "ftp://127.0.0.1", "http://127.0.0.1:9001/path" ]
              Bad_Name:
                manifest: auth.json
                upstreams: [ "http://127.0.0.1:9001" ]
              articles:
                upstreams: []
        clients:
          - id: web
            environment: dema
            secretHash: "sha256:topsecret"
            idleTimeout: 30m
          - id: "a b"
            environment: demo
          - environment: demo
            secretHash: "%s"
            maxLifetime: PT-1H
        tokens: { keys: [ { id: k1, secret: "short" } ] }
        grid: { mode: several }
        sesion:
          idleTimeout: PT30M
        """
            .formatted(HASH);
    assertEquals(
        """
        2: listeners.api.port: a port from 1 to 65535 is wanted, or 0 for any free one. Found: "65536"
        2: listeners.api.prot: this key is not known. Did you mean "port"?
        3: listeners.publik: this key is not known. Did you mean "public"?
        9: environments.demo.services.auth.manifest: there is no such readable file; a relative path begins where this file lies. Found: "missing.json"
        10: environments.demo.services.auth.upstreams[0]: an origin is wanted: http or https, host and perhaps a port, no path. Found: "ftp://127.0.0.1"
        10: environments.demo.services.auth.upstreams[1]: an origin is wanted: http or https, host and perhaps a port, no path. Found: "http://127.0.0.1:9001/path"
        11: environments.demo.services.Bad_Name: a microservice name is lower-case letters and digits in words joined by single dashes, beginning with a letter. Found: "Bad_Name"
        15: environments.demo.services.articles.upstreams: at least one is wanted, for instance "http://127.0.0.1:9001".
        18: clients[0].environment: there is no such environment. Known are demo. Found: "dema"
        19: clients[0].secretHash: "sha256:" and 64 hex digits are wanted; "client new" prints them.
        20: clients[0].idleTimeout: a positive ISO-8601 duration is wanted, for instance PT30M or PT12H, from a millisecond to 10000 days. Found: "30m"
        21: clients[1].id: 1 to 64 letters, digits, "_" or "-" are wanted. Found: "a b"
        21: clients[1].secretHash: this key is missing; a secret's hash is wanted.
        23: clients[2].id: this key is missing; a client id is wanted.
        25: clients[2].maxLifetime: a positive ISO-8601 duration is wanted, for instance PT30M or PT12H, from a millisecond to 10000 days. Found: "PT-1H"
        26: tokens.keys[0].secret: a token key has at least 32 characters; "key new" prints one.
        27: grid.mode: embedded, cluster or client is wanted here. Found: "several"
        28: sesion: this key is not known. Did you mean "session"?\
        """,
        problems(yaml));
  }

  /** What no clock can count to, or no socket can wait for. */
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.0001S", "P10001D", "PT2500000000000000H", "P1M"})
  void aDurationIsLongerThanNothingAndShorterThanALife(String duration) {
    String problem = problems(MINIMAL + "    idleTimeout: " + duration + "\n");
    assertTrue(problem.startsWith("11: clients[0].idleTimeout: a positive"), problem);
  }

  @Test
  void aFileThatIsNestedWithoutEndIsRefused() {
    String deep = "[".repeat(100_000);
    assertTrue(problems(MINIMAL + "grid: " + deep).contains("nested too deeply"));
  }

  @Test
  void aFileThatIsNoMappingIsRefused() {
    assertEquals("1: a mapping of keys to values is wanted here.", problems("- a\n"));
  }

  /** C30: of two that the same clients' fields mean, nobody could say which one is sent. */
  @Test
  void twoConfigurationValuesMayNotBeOneName() {
    String yaml =
        MINIMAL.replace("  demo:", "  demo:\n    config: { apiKey: a, API_KEY: b, api-Key: c }");
    assertEquals(
        "3: environments.demo.config.api-Key: \"API_KEY\" is the same name; case is ignored, and"
            + " \"_\" and \".\" equal \"-\". Remove one.",
        problems(yaml));
  }

  @Test
  void aWrongNumberIsOneMistake() {
    String wrong = "    requestLimit: { requests: 0 }\n";
    assertEquals(
        "11: clients[0].requestLimit.requests: a whole number from 1 is wanted. Found: \"0\"",
        problems(MINIMAL + wrong));
    assertEquals(
        "11: clients[0].requestLimit.requests: say how many requests there may be, for instance"
            + " 600.",
        problems(MINIMAL + wrong.replace("requests: 0", "per: PT1S")));
  }

  @Test
  void aKeyThatStandsTwiceIsRefusedWhereItStandsAgain() {
    assertEquals(
        "12: grid: this key stands here twice. Remove one.",
        problems(MINIMAL + "grid: { mode: embedded }\ngrid: { mode: embedded }\n"));
  }

  @Test
  void twoClientsOfOneIdAreRefused() {
    assertEquals(
        "11: clients[1].id: another client has this id. Rename one. Found: \"web\"",
        problems(
            MINIMAL + "  - { id: web, environment: demo, secretHash: \"%s\" }\n".formatted(HASH)));
  }

  /** C22: while a secret is being replaced, the old one and the new one are good. */
  @Test
  void aClientMayHaveSeveralSecrets() throws Exception {
    String hashes = "[ \"" + SecretHash.of("next") + "\", \"" + HASH + "\" ]";
    SecretHashes secrets =
        read(MINIMAL.replace("\"" + HASH + "\"", hashes)).clients().get("web").secrets();
    assertTrue(secrets.match("s"));
    assertTrue(secrets.match("next"));
    assertFalse(secrets.match("t"));
    assertFalse(SecretHashes.NONE.match("s"));
  }

  @Test
  void listsOfSecretsAreCheckedAndNotShown() {
    String before = "10: clients[0].secretHash";
    assertEquals(
        before + ": 1 to 4 values are wanted. Found: 0",
        problems(MINIMAL.replace("\"" + HASH + "\"", "[]")));
    assertEquals(
        before + ": two of these are the same. Remove one.",
        problems(MINIMAL.replace("\"" + HASH + "\"", "[ \"%s\", \"%s\" ]".formatted(HASH, HASH))));
    assertEquals(
        before + "[1]: \"sha256:\" and 64 hex digits are wanted; \"client new\" prints them.",
        problems(MINIMAL.replace("\"" + HASH + "\"", "[ \"" + HASH + "\", topsecret ]")));
    List<String> five =
        Stream.of("a", "b", "c", "d", "e").map(s -> "\"" + SecretHash.of(s) + "\"").toList();
    assertEquals(
        before + ": 1 to 4 values are wanted. Found: 5",
        problems(MINIMAL.replace("\"" + HASH + "\"", five.toString())));
  }

  @Test
  void twoKeysOfOneIdAreRefused() {
    String key = "{ id: k1, secret: 0123456789abcdef0123456789abcdef }";
    assertEquals(
        "11: tokens.keys[1].id: another key has this id. Rename one. Found: \"k1\"",
        problems(MINIMAL + "tokens: { keys: [ " + key + ", " + key + " ] }\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seession | session",
        "Session | session",
        "client | clients",
        "dataDir | dataDirectory",
        "token | tokens",
      })
  void anUnknownKeyIsToldTheNearestKnownOne(String key, String meant) {
    assertEquals(
        "11: " + key + ": this key is not known. Did you mean \"" + meant + "\"?",
        problems(MINIMAL + key + ": { a: b }\n"));
  }

  @Test
  void aKeyLikeNoOtherIsToldAllThatAreKnown() {
    assertEquals(
        "11: grid.zookeeper: this key is not known. Known here are fsync, memory, mode,"
            + " persistence.",
        problems(MINIMAL + "grid: { zookeeper: x }\n"));
  }

  static Stream<Arguments> nothing() {
    return Stream.of(
        Arguments.of("tokens: { keys: [] }", "tokens.keys: there is nothing in this list. Name a"),
        Arguments.of("tokens: { keys: }", "tokens.keys: there is nothing in this list. Name a"),
        Arguments.of("listeners: { api: { hosts: [] } }", "listeners.api.hosts: there is nothing"),
        Arguments.of("listeners: { api: { hosts: } }", "listeners.api.hosts: there is nothing in"),
        Arguments.of(
            "{ listeners: { api: { proxyProtocol: true } }, trustedProxies: [] }",
            "trustedProxies: there is nothing in this list. Name the proxies whose PROXY protocol"),
        Arguments.of("clientLimits: { maxBodySize: }", "clientLimits.maxBodySize: nothing stands"),
        Arguments.of("listeners: { api: { port: } }", "listeners.api.port: nothing stands behind"),
        Arguments.of("authLimits: { perClient: }", "authLimits.perClient.requests: say how many"),
        Arguments.of("dataDirectory:", "dataDirectory: nothing stands behind this key. Give it"));
  }

  /** C42: what is there and says nothing would be taken for something else than its absence. */
  @ParameterizedTest
  @MethodSource("nothing")
  void nothingIsNoWayToSayTheDefault(String yaml, String said) {
    String found = problems(yaml + "\n");
    assertTrue(found.startsWith("1: " + said), found);
    assertEquals(1, found.lines().count(), found);
  }

  @Test
  void aListenerWithNothingForItsTlsDoesNotServePlainly() {
    assertEquals(
        """
        1: listeners.api.tls.certificate: this key is missing; a PEM file is wanted.
        1: listeners.api.tls.key: this key is missing; a PEM file is wanted.\
        """,
        problems("listeners: { api: { tls: } }\n"));
  }

  static Stream<Arguments> claimsThatAnotherProblemMayMake() {
    return Stream.of(
        Arguments.of("listeners: { api: { port: 99999 }, public: { port: 8080 } }", "api.port"),
        Arguments.of("listeners: { api: { prot: 1 }, public: { port: 8080 } }", "api.prot"),
        Arguments.of("listeners: { admin: { port: x }, public: { port: 9090 } }", "admin.port"),
        Arguments.of("listeners: { api: { http2: true, tsl: { } } }", "api.tsl"),
        Arguments.of(
            "session: { limits: { valueBytes: 9000, answerBytes: x } }", "limits.answerBytes"),
        Arguments.of(
            "{ enviroments: { }, clients: [ { id: a, environment: b, secretHash: \"%s\" } ] }"
                .formatted(HASH),
            "enviroments"),
        Arguments.of(
            "{ environments: [ ], clients: [ { id: a, environment: b, secretHash: \"%s\" } ] }"
                .formatted(HASH),
            "environments"),
        Arguments.of("authLimits: { perClient: { request: 1 } }", "perClient.request"));
  }

  @ParameterizedTest
  @MethodSource("claimsThatAnotherProblemMayMake")
  void theConsequenceOfAnotherProblemIsNoProblem(String yaml, String key) {
    String found = problems(yaml + "\n");
    assertEquals(1, found.lines().count(), found);
    assertTrue(found.contains(key + ": "), found);
  }

  @Test
  void whatIsNoMappingIsSaid() {
    assertEquals(
        "11: listeners.api: a mapping of keys to values is wanted here.",
        problems(MINIMAL + "listeners: { api: 8080 }\n"));
    assertEquals(
        "11: tokens.keys: a list is wanted here: lines that begin with \"-\".",
        problems(MINIMAL + "tokens: { keys: { id: k1 } }\n"));
    assertEquals(
        "11: listeners.api.port: a single value is wanted here.",
        problems(MINIMAL + "listeners: { api: { port: [ 1 ] } }\n"));
  }

  @Test
  void badYamlIsSaidWithItsLine() {
    String found = problems("listeners:\n  api: { port: 1\nclients: []\n");
    assertTrue(found.startsWith("3: not YAML: "), found);
    assertFalse(problems("a: [\n").isEmpty());
    assertFalse(problems("\tgrid: x\n").isEmpty());
  }

  @Test
  void anEmptyFileIsSaid() {
    assertEquals(" the file is empty.", problems(""));
    assertEquals(" the file is empty.", problems("# nothing\n"));
  }

  @Test
  void aMissingFileIsNamedWithTheReason() {
    Path absent = folder.resolve("absent.yaml");
    InvalidConfigException e =
        assertThrows(InvalidConfigException.class, GatewayConfig.read(absent)::orThrow);
    assertEquals(List.of(absent + ": there is no such file."), e.problems());
  }

  /** C9: a value that nobody may ask for is a mistake, whoever asks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth-key",
        "Auth_Key",
        "auth.",
        "kinto-secret",
        "Kinto_Client.Id",
        "Connection",
        "te",
        "transfer_encoding",
        "content-length",
        "Host",
        "X-Forwarded-For",
        "forwarded",
        "authorization",
        "Cookie",
        "Proxy_Authorization",
        "expect",
        "traceparent"
      })
  void aConfigurationValueHasANameThatARouteMayAskFor(String name) {
    String config = "    config: { fine: a, " + name + ": b, auths-key: c, auth: d }\n";
    assertEquals(
        "3: environments.demo.config."
            + name
            + ": no route may ask for a value of this name: it is in the session space of a"
            + " microservice of the environment, kinto-*, or a field that HTTP itself needs."
            + " Rename it.",
        problems(MINIMAL.replace("    services:", config + "    services:")));
  }

  /** C18: it is said at once, not by a start that fails later. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody.invalid",
        "\"\"",
        "\"[::1]\"",
        "127.0.0.1:8080",
        "http://127.0.0.1",
        "\"*\""
      })
  void aListenerListensAtAnAddressOfThisMachine(String host) {
    for (String listener : List.of("api", "public", "admin")) {
      String found =
          problems("listeners:\n  " + listener + ":\n    host: " + host + "\n" + MINIMAL);
      assertEquals(
          "3: listeners."
              + listener
              + ".host: an address of this machine is wanted, or a name of one, without brackets"
              + " and port: \"127.0.0.1\", \"::1\", or \"0.0.0.0\" for all. Found: \""
              + host.replace("\"", "")
              + "\"",
          found);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0", "127.0.0.77"})
  void aListenersHostIsKeptAsItIsWritten(String host) throws Exception {
    ListenerConfig api =
        read("listeners: { api: { host: " + host + " } }\n" + MINIMAL).listeners().api();
    assertEquals(host, api.host());
    assertEquals(InetAddress.getByName(host), api.address());
  }

  static Stream<Arguments> keysThatCannotWork() {
    String client = MINIMAL + "    ";
    return Stream.of(
        Arguments.of(
            client + "allowedOrigins: [ \"http://shop.example:80\" ]\n",
            "11: clients[0].allowedOrigins[0]: no browser names the usual port of a scheme"),
        Arguments.of(
            client + "allowedOrigins: [ \"https://[::1]:443\" ]\n",
            "11: clients[0].allowedOrigins[0]: no browser names the usual port of a scheme"),
        Arguments.of(
            client + "allowedOrigins: [ \"https://shop.example:065\" ]\n",
            "11: clients[0].allowedOrigins[0]: an origin is wanted"),
        Arguments.of(
            client + "allowedOrigins: [ \"https://shop:a.example\" ]\n",
            "11: clients[0].allowedOrigins[0]: an origin is wanted"),
        Arguments.of(
            client + "requestLimit: { requests: 2000000, per: PT0.001S }\n",
            "11: clients[0].requestLimit.per: more than one request in a nanosecond"),
        Arguments.of(
            "authLimits: { perAddress: { requests: 2000000000, per: PT1S } }\n" + MINIMAL,
            "1: authLimits.perAddress.per: more than one request in a nanosecond"),
        Arguments.of(
            "session: { limits: { valueBytes: 9000 } }\n" + MINIMAL,
            "1: session.limits.valueBytes: this is more than answerBytes, which is 8192. Raise"),
        Arguments.of(
            "session: { limits: { answerBytes: 9000, sessionBytes: 8000 } }\n" + MINIMAL,
            "1: session.limits.answerBytes: this is more than sessionBytes. Raise"),
        Arguments.of(
            MINIMAL.replace("clients:", "        upstreamTls: { }\nclients:"),
            "7: environments.demo.services.auth.upstreamTls: no upstream of this microservice is"));
  }

  /** What can never do anything is a mistake of who wrote it (C42). */
  @ParameterizedTest
  @MethodSource("keysThatCannotWork")
  void aKeyThatCannotWorkIsRefused(String yaml, String said) {
    String found = problems(yaml);
    assertTrue(found.startsWith(said), found);
    assertEquals(1, found.lines().count(), found);
  }

  /** Two spellings of one address are one; who listens everywhere leaves nothing to others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api    | 127.0.0.1 | public | localhost | public: the listeners api and public have the"
            + " same address",
        "api    | 127.0.0.1 | public | 0.0.0.0   | public: the listeners api and public have one"
            + " port, and one of them listens on every address",
        "public | 127.0.0.1 | admin  | localhost | admin: the admin listener shares its port",
        "api    | 0.0.0.0   | admin  | 127.0.0.1 | admin: the admin listener shares its port"
      })
  void listenersThatCannotBothListenAreRefused(
      String one, String host, String other, String otherHost, String said) {
    String found =
        problems(
            "listeners:\n  %s: { host: %s, port: 7000 }\n  %s: { host: %s, port: 7000 }\n%s"
                .formatted(one, host, other, otherHost, MINIMAL));
    assertTrue(found.startsWith("3: listeners." + said), found);
    assertEquals(1, found.lines().count(), found);
  }

  /** The name goes into the header Kinto-Environment. */
  @ParameterizedTest
  @ValueSource(strings = {"\"a\\r\\nX-Evil: 1\"", "\"a b\"", "ümwelt", "\"\""})
  void anEnvironmentsNameMustFitIntoAHeader(String name) {
    String found = problems(MINIMAL.replace("  demo:", "  " + name + ":"));
    assertTrue(found.startsWith("2: environments."), found);
    assertTrue(found.contains("an environment's name is 1 to 64 letters, digits,"), found);
  }

  /** C43: a value is sent as a header. */
  @ParameterizedTest
  @ValueSource(strings = {"\"a\\r\\nX-Evil: 1\"", "ü", "\"\""})
  void aConfigurationValueMustBeAHeader(String value) {
    String yaml = MINIMAL.replace("  services:", "  config: { key: " + value + " }\n    services:");
    assertTrue(
        problems(yaml)
            .startsWith("3: environments.demo.config.key: a value is sent as a header: printable"),
        problems(yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://127.0.0.1:1",
        "https://127.0.0.1/path",
        "http://127.0.0.1:65536",
        "http://127.0.0.1:0",
        "http://user@127.0.0.1",
        "http://127.0.0.1/?a",
        "http://127.0.0.1#a",
        "http://",
        "127.0.0.1:9001",
        "http://a b",
      })
  void anUpstreamIsAnOrigin(String upstream) {
    String found = problems(MINIMAL.replace("http://127.0.0.1:9001", upstream));
    assertEquals(
        "6: environments.demo.services.auth.upstreams[0]: an origin is wanted: http or https, host"
            + " and perhaps a port, no path. Found: \""
            + upstream
            + "\"",
        found);
  }

  /** C22: what stands there may be the secret itself. */
  @Test
  void aBadHashIsNeverShown() {
    String yaml = MINIMAL.replace(HASH, "${HASH}");
    String found = problems(yaml, Map.of("HASH", "hunter2"));
    assertFalse(found.contains("hunter2"), found);
    assertFalse(problems(MINIMAL.replace(HASH, "hunter2")).contains("hunter2"));
  }

  /** C43: placeholders in scalars of every kind. */
  @Test
  void variablesAreTakenFromTheEnvironment() throws Exception {
    GatewayConfig config =
        read(
            MINIMAL.replace("9001", "${PORT}").replace("web", "${ID:web}")
                + "listeners: { api: { port: \"${API:7}\" } }\n",
            Map.of("PORT", "9009"));
    assertEquals(7, config.listeners().api().port());
    assertTrue(config.clients().containsKey("web"));
    assertEquals(
        Stream.of("http://127.0.0.1:9009").map(t -> HttpOrigin.parse(t).orElseThrow()).toList(),
        config.environments().get("demo").services().get("auth").upstreams());
  }

  @Test
  void anUnsetVariableWithoutADefaultIsAnErrorThatNamesIt() {
    assertEquals(
        "8: clients[0].id: the environment variable NO_SUCH is not set. Set it, or give a default:"
            + " ${NO_SUCH:default} Found: \"${NO_SUCH}\"",
        problems(MINIMAL.replace("web", "\"${NO_SUCH}\"")));
  }

  /**
   * C43: messages quote the source text, never the value: it may be a secret in the wrong place.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "listeners: { api: { port: \"${V}\" } }",
        "session: { idleTimeout: \"${V}\" }",
        "grid: { mode: \"${V}\" }",
        "tokens: { keys: [ { id: \"${V} \", secret: x } ] }",
        "tokens: { keys: [ { id: k, secret: \"${V}\" } ] }",
      })
  void aProblemQuotesTheSourceNeverTheValue(String lines) {
    String found = problems(MINIMAL + lines + "\n", Map.of("V", "hunter2"));
    assertFalse(found.contains("hunter2"), found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth.json", "http://127.0.0.1:9001", "environment: demo", "id: web"})
  void aProblemWithAServiceOrClientQuotesTheSourceNeverTheValue(String replaced) {
    String key = replaced.contains(": ") ? replaced.substring(0, replaced.indexOf(' ') + 1) : "";
    String found =
        problems(
            MINIMAL.replace(replaced, key + "\"${V}\"").replace("\"\"", "\""),
            Map.of("V", "hunter 2"));
    assertTrue(found.contains("${V}"), found);
    assertFalse(found.contains("hunter"), found);
  }

  /** Keys and granted values are secrets. */
  @Test
  void aConfigurationDoesNotPrintItsSecrets() throws Exception {
    GatewayConfig config =
        read(
            MINIMAL.replace("  services:", "  config: { key: hunter2-value }\n    services:")
                + "tokens: { keys: [ { id: k1, secret: hunter2-0123456789abcdef0123456789 } ] }\n");
    assertFalse(config.toString().contains("hunter2"), config.toString());
  }

  private static String keyInFile(String lines) {
    return MINIMAL + "tokens: { keys: [ { id: k1, secretFile: key.txt" + lines + " } ] }\n";
  }

  /** As orchestrators mount it, and as editors write it: with or without the end of the line. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void aSecretMayStandInAFile(String lineEnd) throws Exception {
    String secret = "hunter2-0123456789 abcdef-${A} ä";
    Files.writeString(folder.resolve("key.txt"), secret + lineEnd);
    GatewayConfig config = read(keyInFile(""));
    assertEquals(secret, config.tokens().keys().getFirst().secret());
    assertEquals(Set.of(folder.resolve("key.txt")), config.secretFiles());
  }

  @Test
  void aConfigurationValueMayStandInAFile() throws Exception {
    Files.writeString(folder.resolve("value.txt"), "hunter2\n");
    String yaml =
        MINIMAL.replace(
            "  services:", "  config: { key: { secretFile: value.txt } }\n    services:");
    assertEquals(Map.of("key", "hunter2"), read(yaml).environments().get("demo").values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "short | a token key has at least 32 characters",
        "'' | there is nothing in this file; a secret is wanted.",
        "'\n' | there is nothing in this file; a secret is wanted.",
        "'0123456789abcdef0123456789abcdef\nhunter2' | the file of a secret holds one line",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | a token key is random",
      })
  void aFileThatHoldsNoGoodSecretIsNamedWithItsKey(String content, String message)
      throws IOException {
    Files.writeString(folder.resolve("key.txt"), content.replace("\\n", "\n"));
    String found = problems(keyInFile(""));
    assertTrue(found.startsWith("11: tokens.keys[0].secretFile: " + message), found);
    assertTrue(found.endsWith("Found: \"key.txt\""), found);
    assertFalse(found.contains("hunter2"), found);
  }

  @Test
  void aSecretStandsInOnePlace() throws IOException {
    assertEquals(
        "11: tokens.keys[0].secretFile: there is no such readable file; a relative path begins"
            + " where this file lies. Found: \"key.txt\"",
        problems(keyInFile("")));
    assertEquals(
        "11: tokens.keys[0].secretFile: the secret stands in \"secret\" as well. Remove one.",
        problems(keyInFile(", secret: 0123456789abcdef0123456789abcdef")));
    assertEquals(
        "11: tokens.keys[0].secret: this key is missing; the key's secret, or \"secretFile\", is"
            + " wanted.",
        problems(MINIMAL + "tokens: { keys: [ { id: k1 } ] }\n"));
  }

  /** Nobody makes such a key by chance; C43 refuses what can only be a mistake. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "00000000000000000000000000000000000000000000000000",
        "abababababababababababababababab",
        "changemechangemechangemechangeme",
        "0123456789-0123456789-0123456789-0123"
      })
  void aKeyThatIsTheSameOverAndOverIsRefused(String key) {
    assertEquals(
        "11: tokens.keys[0].secret: a token key is random, and this one is the same over and over;"
            + " \"key new\" prints one.",
        problems(MINIMAL + "tokens: { keys: [ { id: k1, secret: \"" + key + "\" } ] }\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void theHashOfNothingIsRefused(String nothing) {
    String hash = SecretHash.of(nothing).toString();
    String found = problems(MINIMAL.replaceAll("sha256:[0-9a-f]{64}", hash));
    assertTrue(found.startsWith("10: clients[0].secretHash: this is the hash of an empty"), found);
  }

  static Stream<Arguments> openings() {
    String hash = SecretHash.of("x").toString();
    String client = "  - { id: %s, environment: demo, secretHash: \"" + hash + "\" }\n";
    return Stream.of(
        Arguments.of("trustedProxies: 0.0.0.0/0\n" + MINIMAL, "1: trustedProxies[0]: so wide"),
        Arguments.of(
            "trustedProxies: [ 10.0.0.0/8, \"::/0\" ]\n" + MINIMAL,
            "1: trustedProxies[1]: so wide"),
        Arguments.of(
            "listeners: { api: { proxyProtocol: true } }\n" + MINIMAL,
            "1: listeners.api.proxyProtocol: whoever reaches this listener may say"),
        Arguments.of(
            "listeners: { api: { host: 0.0.0.0 } }\n" + MINIMAL,
            "1: listeners.api.host: this listener can be reached from other machines and is not"),
        Arguments.of(
            MINIMAL.replaceAll("(?s)clients:.*", "clients:\n" + client.formatted("a"))
                + client.formatted("b"),
            "9: clients[1].secretHash: the client \"a\" has the same secret"),
        Arguments.of(
            MINIMAL.replaceAll("(?s)clients:.*", ""), "1: clients: there is no client, so nobody"));
  }

  /** C43: allowed, and said. */
  @ParameterizedTest
  @MethodSource("openings")
  void whatOpensMoreThanWasMeantIsWarnedOf(String yaml, String warning) throws Exception {
    List<String> warnings = read(yaml).warnings();
    assertEquals(1, warnings.size(), warnings.toString());
    String said = warnings.getFirst().replace(folder.resolve("kinto.yaml") + ":", "");
    assertTrue(said.startsWith(warning), said);
  }

  @Test
  void nothingIsSaidOfAnOrdinaryConfiguration() throws Exception {
    assertEquals(
        List.of(), read("trustedProxies: [ 10.0.0.0/8, \"fc00::/7\" ]\n" + MINIMAL).warnings());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSecretThatEverybodyMayReadIsWarnedOf() throws Exception {
    Path key = folder.resolve("key.txt");
    Files.writeString(key, "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(
        List.of(
            key
                + ": everybody on this machine has rights to this secret (rw-r--r--). Let its mode"
                + " be 0600, or 0640 for a group."),
        read(keyInFile("")).warnings());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(List.of(), read(keyInFile("")).warnings());
  }

  private static ListenerConfig plain(String host, int port) {
    return new ListenerConfig(
        host, InetAddress.ofLiteral(host), port, List.of(), Optional.empty(), false, false);
  }
}
