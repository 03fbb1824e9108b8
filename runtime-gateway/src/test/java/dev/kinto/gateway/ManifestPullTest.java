package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.contracts.WorstManifests;
import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Manifests that come from an address or from the running microservice (contract C42). Each test
 * has microservices of its own, for what is kept of one lasts.
 */
class ManifestPullTest {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @TempDir static Path folder;
  @AutoClose private static TestGateway gateway;
  private static String token;

  @AutoClose private final Opened opened = new Opened();
  @AutoClose private LogLines log;

  /** The microservice of this test, which no other test has. */
  private String shop;

  @BeforeAll
  static void start() throws Exception {
    gateway = usual().start();
    token = gateway.token();
  }

  @BeforeEach
  void open() {
    shop = "shop" + NUMBERS.incrementAndGet();
    log = LogLines.open();
  }

  @AfterEach
  void backToUsual() throws Exception {
    gateway.reload(usual());
  }

  private static TestGateway.Builder usual() {
    return TestGateway.in(folder).set("manifests.pollInterval", "PT0.1S");
  }

  private ManifestServer server() throws IOException {
    ManifestServer server = ManifestServer.start();
    opened.add(server);
    return server;
  }

  private Manifest version(int number) {
    return TestManifest.of(shop).route("GET /v" + number).build();
  }

  private static RawAnswer call(String methodAndTarget, String... headers) throws IOException {
    return gateway.exchange(
        methodAndTarget
            + " HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer "
            + token
            + "\r\n"
            + String.join("", headers)
            + "\r\n");
  }

  /** Waits until a call is answered so. */
  private static RawAnswer await(int status, String methodAndTarget) throws Exception {
    long began = System.nanoTime();
    RawAnswer answer = call(methodAndTarget);
    while (answer.status() != status) {
      if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(30)) {
        throw new AssertionError(methodAndTarget + " gives " + answer);
      }
      TimeUnit.MILLISECONDS.sleep(10);
      answer = call(methodAndTarget);
    }
    return answer;
  }

  /** C36, C42: a microservice without a manifest is not ready, and the others are. */
  @Test
  void aMicroserviceIsNotReadyUntilItShowsItsManifest() throws Exception {
    ManifestServer slow = server();
    ManifestServer other = server();
    gateway.reload(
        usual()
            .running(shop, slow.uri())
            .service(TestManifest.of("other").route("GET /x").build(), other.uri()));
    RawAnswer answer = call("GET /" + shop + "/v1");
    assertEquals(503, answer.status());
    assertEquals("service-not-ready", answer.code());
    assertEquals(Optional.of("1"), answer.header("retry-after"));
    assertEquals(200, call("GET /other/x").status());
    assertTrue(
        log.await("Manifest of demo/" + shop)
            .contains(slow.url() + ": the status is 404 instead of 200"));

    slow.shows(version(1));
    assertEquals("ok", await(200, "GET /" + shop + "/v1").text());
    log.await("Manifest of demo/" + shop + " taken up from " + slow.url());
  }

  /** C30: its fields are the session's before anybody knows which ones there are. */
  @Test
  void clientCannotSendFieldsOfAMicroserviceThatIsNotReady() throws Exception {
    ManifestServer other = server();
    gateway.reload(
        usual()
            .running(shop, URI.create("http://127.0.0.1:1"))
            .service(TestManifest.of("other").route("GET /x").build(), other.uri()));
    assertEquals(200, call("GET /other/x", shop + "-userId: 1\r\n", "a-b: 2\r\n").status());
    RawRequest request = other.takeCall();
    assertEquals(List.of(), request.all(shop + "-userId"));
    assertEquals(Optional.of("2"), request.header("a-b"));
  }

  @Test
  void aManifestComesFromAnAddress() throws Exception {
    ManifestServer source = server().shows(version(1));
    ManifestServer upstream = server();
    gateway.reload(
        usual().running(shop, upstream.uri()).serviceKey("manifest", source.url() + "?key=hidden"));
    await(200, "GET /" + shop + "/v1");
    assertEquals("GET", upstream.takeCall().method());
    log.await("taken up from " + source.url());
    source.shows("404 No", "", "");
    log.await(source.url() + ": the status is 404 instead of 200");
    assertEquals(List.of(), log.with("hidden"), "a query may be a secret");
    assertEquals(200, call("GET /" + shop + "/v1").status(), "the last good one stays");
  }

  /** As its calls are: who is not trusted with these is not believed either. */
  @Test
  void itsCertificateIsJudgedAsThatOfItsUpstreams() throws Exception {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).ecdsa256().build();
    HeldCertificate held =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .signedBy(authority)
            .ecdsa256()
            .build();
    Path trust = Files.writeString(folder.resolve("authority.pem"), authority.certificatePem());
    ManifestServer service =
        ManifestServer.start(
            new HandshakeCertificates.Builder().heldCertificate(held).build().sslContext());
    opened.add(service);
    service.shows(version(1));
    URI named = URI.create(service.uri().toString().replace("127.0.0.1", "localhost"));
    gateway.reload(usual().running(shop, named));
    log.await(named + Manifest.WELL_KNOWN_PATH + ": there is no TLS with it: ");
    gateway.reload(usual().running(shop, named).serviceKey("upstreamTls.trust", trust.toString()));
    await(200, "GET /" + shop + "/v1");

    gateway.reload(
        usual().running(shop, service.uri()).serviceKey("upstreamTls.trust", trust.toString()));
    log.await(service.url() + ": there is no TLS with it: ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          redirect   | a redirect came (302), and none is followed
          error      | the status is 500 instead of 200
          unchanged  | the status is 304 instead of 200
          garbage    | this is no manifest to use: line 1, column 2: not JSON
          empty      | this is no manifest to use
          other name | this is the manifest of "other", not of
          too large  | or is larger than 1 MiB
          endless    | or is larger than 1 MiB
          cut off    | the answer broke off
          not UTF-8  | the answer is not UTF-8
          """)
  void whatIsNoGoodIsToldAndNotTaken(String what, String said) throws Exception {
    ManifestServer source = server();
    String large = version(1).toJson() + " ".repeat(1024 * 1024);
    switch (what) {
      case "redirect" -> source.shows("302 Found", "Location: /elsewhere\r\n", "");
      case "error" -> source.shows("500 No", "", version(1).toJson());
      case "unchanged" -> source.shows("304 Not Modified", "ETag: \"one\"\r\n", "");
      case "garbage" -> source.shows("{oops");
      case "empty" -> source.shows("");
      case "other name" -> source.shows(TestManifest.of("other").route("GET /v1").build().toJson());
      case "too large" -> source.shows(large);
      case "endless" ->
          source.shows(
              (_, connection) -> {
                connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").send(large);
                connection.awaitEnd();
              });
      case "cut off" ->
          source.shows(
              (_, connection) -> {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{");
                connection.close();
              });
      case "not UTF-8" ->
          source.shows(
              (_, connection) ->
                  connection
                      .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
                      .send(new byte[] {(byte) 0xC3, (byte) 0x28}));
      default -> throw new AssertionError(what);
    }
    gateway.reload(usual().running(shop, source.uri()));
    String line = log.await("demo/" + shop);
    assertTrue(line.startsWith("WARNING Manifest of demo/" + shop + ": " + source.url()), line);
    assertTrue(line.contains(said), line);
    source.awaitAsked(2);
    assertEquals("service-not-ready", call("GET /" + shop + "/v1").code());
    assertEquals(1, log.with("demo/" + shop).size(), log.with("demo/" + shop).toString());

    source.shows(version(1));
    await(200, "GET /" + shop + "/v1");
  }

  /** Who answers must neither write lines of the log nor fill it. */
  @Test
  void whatStrangersSayIsOneShortLineOfTheLog() throws Exception {
    ManifestServer source = server();
    source.shows(
        TestManifest.of("other")
            .route("GET /v1")
            .build()
            .toJson()
            .replace("GET", "G\\u001b[31m\\nINFO all is well" + "x".repeat(100_000)));
    gateway.reload(usual().running(shop, source.uri()));
    String line = log.await("demo/" + shop + ": " + source.url());
    assertTrue(line.contains("G?[31m?INFO all is well"), line);
    assertTrue(line.chars().noneMatch(Character::isISOControl), line);
    assertTrue(line.length() < 5_000, () -> line.length() + " characters");
  }

  /** One that sends its answer byte by byte keeps nobody waiting and is given up. */
  @Test
  void aSlowSourceIsGivenUpAndHoldsUpNoOther() throws Exception {
    ManifestServer slow = server();
    slow.shows(
        (_, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{");
          connection.awaitEnd();
        });
    ManifestServer other = server().shows(version(1));
    gateway.reload(usual().running("slow", slow.uri()).running(shop, other.uri()));
    await(200, "GET /" + shop + "/v1");
    assertEquals(List.of(), log.with("demo/slow"));
    log.await(slow.url() + ": no whole answer came within 10 seconds");
  }

  @Test
  void aNewVersionIsTakenUpWithoutARestart() throws Exception {
    ManifestServer service = server().shows(version(1));
    gateway.reload(usual().running(shop, service.uri()));
    await(200, "GET /" + shop + "/v1");
    assertEquals(404, call("GET /" + shop + "/v2").status());

    service.shows(version(2));
    await(200, "GET /" + shop + "/v2");
    assertEquals("route-unknown", call("GET /" + shop + "/v1").code());
    log.await("[KintoRouteRemoved] GET /" + shop + "/v1 is gone: its callers get 404");
  }

  /** Often while it is not ready, then as often as the operator says. */
  @Test
  void whoIsReadyIsAskedOnceInTheInterval() throws Exception {
    ManifestServer service = server();
    ManifestServer other = server();
    TestGateway.Builder hourly =
        usual().set("manifests.pollInterval", "PT1H").running(shop, service.uri());
    gateway.reload(hourly);
    service.awaitAsked(2);
    service.shows(version(1));
    await(200, "GET /" + shop + "/v1");
    int asked = service.asked();
    gateway.reload(hourly.running("other" + shop, other.uri()));
    other.awaitAsked(3);
    assertEquals(asked + 1, service.asked(), "a reload is an occasion");

    service.shows(version(2));
    gateway.reload(usual().running(shop, service.uri()).running("other" + shop, other.uri()));
    await(200, "GET /" + shop + "/v2");
    service.shows(version(3));
    await(200, "GET /" + shop + "/v3");
  }

  /** Two versions take turns while clients call what both have; no request may be lost. */
  @Test
  void aDeploymentUnderLoadLosesNoRequest() throws Exception {
    Manifest one = TestManifest.of(shop).route("GET /both").route("GET /one").build();
    Manifest two = TestManifest.of(shop).route("GET /both").route("GET /two").build();
    ManifestServer service = server().shows(one);
    gateway.reload(usual().running(shop, service.uri()));
    await(200, "GET /" + shop + "/one");
    AtomicBoolean over = new AtomicBoolean();
    Callable<Integer> caller =
        () -> {
          int calls = 0;
          for (; !over.get(); calls++) {
            RawAnswer answer = call("GET /" + shop + "/both");
            assertEquals(200, answer.status(), answer.toString());
          }
          return calls;
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls = List.of(threads.submit(caller), threads.submit(caller));
      try {
        for (int i = 0; i < 3; i++) {
          service.shows(two);
          await(200, "GET /" + shop + "/two");
          service.shows(one);
          await(200, "GET /" + shop + "/one");
        }
      } finally {
        over.set(true);
      }
      for (Future<Integer> each : calls) {
        assertTrue(each.get() > 0);
      }
    }
  }

  @Test
  void upstreamsThatDisagreeChangeNothing() throws Exception {
    ManifestServer one = server().shows(version(1));
    ManifestServer other = server().shows(version(1));
    gateway.reload(usual().running(shop, one.uri(), other.uri()));
    await(200, "GET /" + shop + "/v1");

    one.shows(version(2));
    log.await("demo/" + shop + ": its upstreams show different manifests");
    one.awaitAsked(2);
    assertEquals(404, call("GET /" + shop + "/v2").status());
    assertEquals(200, call("GET /" + shop + "/v1").status());
    assertEquals(1, log.with("different manifests").size());

    other.shows(version(2));
    await(200, "GET /" + shop + "/v2");
  }

  @Test
  void anUpstreamThatIsAwayOrHasNoManifestHasNoSay() throws Exception {
    ManifestServer one = server().shows(version(1));
    ManifestServer without = server();
    gateway.reload(
        usual().running(shop, one.uri(), URI.create("http://127.0.0.1:1"), without.uri()));
    await(200, "GET /" + shop + "/v1");
    one.shows(version(2));
    await(200, "GET /" + shop + "/v2");
    assertEquals(1, log.with("404 instead of 200").size());
    assertEquals(List.of(), log.with("cannot be connected to"), "the others answer");
  }

  /** RFC 9110, section 13.1.2. */
  @Test
  void anEntityTagSavesTheTransfer() throws Exception {
    ManifestServer service = server();
    String json = version(1).toJson();
    AtomicInteger unchanged = new AtomicInteger();
    service.shows(
        (request, connection) -> {
          if (request.header("if-none-match").equals(Optional.of("\"one\""))) {
            unchanged.incrementAndGet();
            connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"one\"\r\n\r\n");
          } else {
            connection.send(
                "HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: "
                    + json.length()
                    + "\r\n\r\n"
                    + json);
          }
        });
    gateway.reload(usual().running(shop, service.uri()));
    await(200, "GET /" + shop + "/v1");
    service.awaitAsked(4);
    assertTrue(unchanged.get() >= 2, "asked with its tag");
    assertEquals(200, call("GET /" + shop + "/v1").status());
    assertEquals(1, log.with("demo/" + shop).size(), log.with(shop).toString());
  }

  /** What was taken back is not there to be unchanged. */
  @Test
  void anEntityTagIsForgottenWithWhatItNamed() throws Exception {
    ManifestServer service = server().shows("200 OK", "ETag: \"one\"\r\n", version(1).toJson());
    gateway.reload(usual().running(shop, service.uri()));
    await(200, "GET /" + shop + "/v1");
    service.shows("500 No", "", "");
    log.await("the status is 500 instead of 200");
    CompletableFuture<Optional<String>> tag = new CompletableFuture<>();
    service.shows(
        (request, connection) -> {
          tag.complete(request.header("if-none-match"));
          connection.send("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
        });
    assertEquals(Optional.empty(), tag.get(30, TimeUnit.SECONDS));
  }

  @Test
  void whatBreaksReadersIsRefusedUntilNobodyReadsIt() throws Exception {
    String cart = "cart" + shop;
    Manifest reader = TestManifest.of(cart).route("GET /see").reads(shop + "-id").build();
    ManifestServer service =
        server().shows(TestManifest.of(shop).route("POST /login").writes(shop + "-id").build());
    service.answers("HTTP/1.1 200 OK\r\n" + shop + "-id: 7\r\nContent-Length: 0\r\n\r\n");
    ManifestServer readers = server();
    gateway.reload(usual().running(shop, service.uri()).service(reader, readers.uri()));
    await(200, "POST /" + shop + "/login");

    service.shows(TestManifest.of(shop).route("POST /login").route("GET /v2").build());
    String line = log.await("[KintoWriteRemoved]");
    assertTrue(line.contains("no longer sets \"" + shop + "-id\"; it breaks GET /" + cart), line);
    log.await("the manifest from " + service.url() + " is refused for 1 reason(s); the one in");
    service.awaitAsked(3);
    assertEquals(1, log.with("is refused").size(), "the same one is told once");
    assertEquals(200, call("POST /" + shop + "/login").status());
    assertEquals(200, call("GET /" + cart + "/see").status());
    assertEquals(Optional.of("7"), readers.takeCall().header(shop + "-id"));
    assertEquals(404, call("GET /" + shop + "/v2").status());

    Manifest independent = TestManifest.of(cart).route("GET /see").build();
    gateway.reload(usual().running(shop, service.uri()).service(independent, readers.uri()));
    await(200, "GET /" + shop + "/v2");
  }

  /** C1: what is said of other microservices' fields holds for pulled manifests too. */
  @Test
  void aManifestWithContractErrorsIsRefused() throws Exception {
    ManifestServer service = server().shows(version(1));
    ManifestServer other = server();
    gateway.reload(
        usual()
            .running(shop, service.uri())
            .publicRoutes("GET /v1")
            .service(
                TestManifest.of(shop + "-cart").route("GET /x").writes(shop + "-cart-id").build(),
                other.uri()));
    await(200, "GET /" + shop + "/v1");
    service.shows(
        TestManifest.of(shop).route("GET /v2").writes(shop + "-cart-id").config("secret").build());
    log.await("is refused for 4 reason(s)");
    log.await(
        service.url()
            + ": [KintoForeignWrite] GET /v2 of \""
            + shop
            + "\" sets \""
            + shop
            + "-cart-id\"");
    log.await("asks for the configuration value \"secret\"");
    log.await(".public[0]: the manifest has no route of this name. Name one as");
    assertEquals(200, call("GET /" + shop + "/v1").status());
  }

  private TestGateway.Builder withReads(ManifestServer service) {
    return usual().config("token", "t-1").running(shop, service.uri()).grants("token");
  }

  /** C42: nobody gives himself rights by a deployment. */
  @Test
  void moreReadsThanTheFirstOnesNeedTheOperatorsWord() throws Exception {
    ManifestServer service =
        server().shows(TestManifest.of(shop).route("GET /v1").mayRead("auth-plan").build());
    gateway.reload(withReads(service));
    await(200, "GET /" + shop + "/v1");

    service.shows(
        TestManifest.of(shop)
            .route("GET /v2")
            .mayRead("auth-plan")
            .mayRead("auth-userId")
            .config("token")
            .build());
    String line = log.await(".allowReads: the manifest from " + service.url());
    assertTrue(
        line.endsWith(
            " reads \"auth-userId\", \"token\", which earlier ones did not. If that is meant, set"
                + " allowReads: [ auth-plan, auth-userId, token ]"),
        line);
    assertEquals(200, call("GET /" + shop + "/v1").status());

    gateway.reload(
        withReads(service).serviceKey("allowReads", List.of("auth-plan", "Auth_userId")));
    log.await(" reads \"token\", which is not listed.");
    gateway.reload(
        withReads(service).serviceKey("allowReads", List.of("auth-plan", "auth-userId", "token")));
    await(200, "GET /" + shop + "/v2");
    RawRequest request = service.takeCall();
    while (!request.target().equals("/v2")) {
      request = service.takeCall();
    }
    assertEquals(Optional.of("t-1"), request.header("token"));
  }

  @Test
  void allowReadsHoldsForTheFirstManifestToo() throws Exception {
    ManifestServer service =
        server().shows(TestManifest.of(shop).route("GET /v1").mayRead("auth-plan").build());
    gateway.reload(usual().running(shop, service.uri()).serviceKey("allowReads", List.of()));
    log.await("reads \"auth-plan\", which is not listed.");
    log.await("the microservice is not ready");
    assertEquals("service-not-ready", call("GET /" + shop + "/v1").code());
  }

  @Test
  void aReloadThatForbidsWhatIsReadNowIsRefused() throws Exception {
    ManifestServer service =
        server().shows(TestManifest.of(shop).route("GET /v1").mayRead("auth-plan").build());
    gateway.reload(usual().running(shop, service.uri()));
    await(200, "GET /" + shop + "/v1");
    TestGateway.Builder stricter =
        usual().running(shop, service.uri()).serviceKey("allowReads", List.of());
    InvalidConfigException refused =
        assertThrows(InvalidConfigException.class, () -> gateway.reload(stricter));
    assertTrue(
        refused.problems().getFirst().contains("reads \"auth-plan\", which is not listed."),
        refused.toString());
    assertEquals(200, call("GET /" + shop + "/v1").status());
  }

  /** From then on the operator's word counts, whatever was pulled before and is shown still. */
  @Test
  void aServiceThatGetsAFileGoesByIt() throws Exception {
    ManifestServer service = server().shows(version(1));
    gateway.reload(usual().running(shop, service.uri()));
    await(200, "GET /" + shop + "/v1");
    ManifestServer other = server();
    gateway.reload(usual().running("other" + shop, other.uri()).service(version(2), service.uri()));
    assertEquals(200, call("GET /" + shop + "/v2").status());
    assertEquals(404, call("GET /" + shop + "/v1").status());
    int asked = service.asked();
    service.shows(version(3));
    other.awaitAsked(3);
    assertTrue(service.asked() <= asked + 1, "it is not asked any more");
    assertEquals(200, call("GET /" + shop + "/v2").status());
    assertEquals(404, call("GET /" + shop + "/v3").status());
  }

  /** There is no moment in which it is not ready. */
  @Test
  void aServiceThatHadAFileGoesOnWithItUntilItsSourceAnswers() throws Exception {
    ManifestServer service = server();
    gateway.reload(usual().service(version(1), service.uri()));
    gateway.reload(usual().running(shop, service.uri()));
    assertEquals(200, call("GET /" + shop + "/v1").status());
    service.shows(version(2));
    await(200, "GET /" + shop + "/v2");
  }

  /** C42: limits are named, once, however often the microservice is asked. */
  @Test
  void aManifestBeyondTheLimitsIsRefusedOnce() throws Exception {
    ManifestServer service = server();
    service.shows(WorstManifests.all().get("15,000 routes").replace("\"shop\"", '"' + shop + '"'));
    gateway.reload(usual().running(shop, service.uri()));
    log.await("a manifest that is pulled has at most 5000 routes. Found: 15000");
    service.awaitAsked(service.asked() + 5);
    assertEquals(1, log.with("Manifest of demo/" + shop + ":").size());
  }

  /** C42: a stranger's manifest brings a few lines of each kind into the log, and the sum. */
  @Test
  void aManifestWithThousandsOfFindingsGivesFewLines() throws Exception {
    ManifestServer service = server();
    try (TestGateway own =
        TestGateway.in(Files.createDirectory(folder.resolve(shop)))
            .set("manifests.pollInterval", "PT0.1S")
            .running(shop, service.uri())
            .start()) {
      service.shows(
          WorstManifests.all()
              .get("5,000 routes that require what nobody sets")
              .replace("\"shop\"", '"' + shop + '"'));
      log.await("Manifest of demo/" + shop + " taken up");
      service.awaitAsked(service.asked() + 3);
      log.await("and 4997 more [KintoReadWithoutProducer]");
      assertTrue(log.with(shop).size() < 20, log.with(shop).toString());
      assertEquals(List.of(), own.warnings());
    }
  }

  /** C42: who shows something else each time does not fill the log either. */
  @Test
  void aManifestThatIsAnotherOneEachTimeGivesABoundedNumberOfLines() throws Exception {
    ManifestServer service = server();
    service.shows(
        (_, connection) -> {
          TestManifest manifest = TestManifest.of(shop);
          for (int i = 0; i < 20; i++) {
            manifest.route("GET /" + i).config("secret" + service.asked() + "x" + i);
          }
          String json = manifest.build().toJson();
          connection.send(
              "HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
        });
    gateway.reload(usual().set("manifests.pollInterval", "PT0.02S").running(shop, service.uri()));
    log.await("demo/" + shop + ": what it shows changes so often");
    service.awaitAsked(service.asked() + 20);
    assertTrue(log.with("demo/" + shop).size() < 250, "lines: " + log.with(shop).size());
  }

  /**
   * C42: an operator's reload does not wait until a stranger's manifest has been judged. The one
   * that is being judged meets another state then, and is judged again by it.
   */
  @Test
  void anOperatorReloadsWhileStrangersManifestsAreJudged() throws Exception {
    String worst =
        WorstManifests.all()
            .get("20,000 reads of what nobody sets")
            .replace("\"shop\"", '"' + shop + '"');
    ManifestServer service = server();
    service.shows(
        (_, connection) -> {
          String json = worst.replace("/a0", "/b" + service.asked());
          connection.send(
              "HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
        });
    ManifestServer other = server();
    TestGateway.Builder both = usual().running(shop, service.uri());
    for (int i = 0; i < 20; i++) {
      String route = "GET /v" + i;
      Manifest manifest = TestManifest.of("other" + shop).route(route).build();
      gateway.reload(both.service(manifest, other.uri()));
      assertEquals(200, call("GET /other" + shop + "/v" + i).status());
    }
    service.shows(version(1));
    await(200, "GET /" + shop + "/v1");
    assertEquals(200, call("GET /other" + shop + "/v19").status(), "no reload was undone");
  }
}
