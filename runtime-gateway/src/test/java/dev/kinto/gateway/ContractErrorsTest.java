package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.PulledManifests;
import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What shows only when manifests and configuration meet (contract C2, C3, C9, C20, C42). */
class ContractErrorsTest {
  private static final URI UPSTREAM = URI.create("http://127.0.0.1:1");

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private static Manifest auth() {
    return TestManifest.of("auth").route("POST /login").writes("auth-userId").build();
  }

  private void build(ConfigDraft config) throws InvalidConfigException {
    warnings.addAll(Environments.build(config, PulledManifests.NONE).warnings());
  }

  private List<String> errors(TestGateway.Builder gateway) {
    return assertThrows(InvalidConfigException.class, () -> build(gateway.build())).problems();
  }

  private String onlyError(TestGateway.Builder gateway) {
    List<String> errors = errors(gateway);
    assertEquals(1, errors.size(), String.join("\n", errors));
    return errors.get(0).replace(folder + "/", "");
  }

  @Test
  void manifestsThatFitMakeAnEnvironment() throws Exception {
    build(
        TestGateway.in(folder)
            .service(auth(), UPSTREAM)
            .service(
                TestManifest.of("shop").route("GET /cart").reads("auth-userId").build(), UPSTREAM)
            .build());
    assertEquals(List.of(), warnings);
  }

  /** C1: only fields that begin with the microservice's own name. */
  @Test
  void aWriteOfAFieldOfNobodyIsRefused() throws IOException {
    String json = auth().toJson().replace("auth-userId", "userId");
    String error = onlyError(TestGateway.in(folder).service("auth", json, UPSTREAM));
    assertTrue(error.startsWith("demo-auth.json: "), error);
    assertTrue(error.contains("\"auth-\""), error);
  }

  /** C3: a field belongs to the longest matching name. */
  @Test
  void aWriteInALongerNamesSpaceIsRefused() throws IOException {
    String error =
        onlyError(
            TestGateway.in(folder)
                .service(
                    TestManifest.of("user").route("PUT /me").writes("user-profile-name").build(),
                    UPSTREAM)
                .service(TestManifest.of("user-profile").route("GET /me").build(), UPSTREAM));
    assertTrue(
        error.startsWith("demo-user.json: [KintoForeignWrite] PUT /me of \"user\" sets"), error);
    assertTrue(error.contains("belongs to \"user-profile\""), error);
  }

  @Test
  void theSameWriteIsGoodWhereTheLongerNameIsAbsent() throws Exception {
    build(
        TestGateway.in(folder)
            .service(
                TestManifest.of("user").route("PUT /me").writes("user-profile-name").build(),
                UPSTREAM)
            .build());
  }

  /** C2: in one route and in two. */
  @Test
  void twoSpellingsOfOneWrittenFieldAreRefused() throws IOException {
    String error =
        onlyError(
            TestGateway.in(folder)
                .service(
                    TestManifest.of("auth")
                        .route("POST /login")
                        .writes("auth-user-Id")
                        .route("POST /signup")
                        .writes("auth-user.Id")
                        .build(),
                    UPSTREAM));
    assertTrue(error.contains("\"auth-user.id\"") || error.contains("auth-user.Id"), error);
  }

  @Test
  void twoSpellingsInOneRouteAreRefusedToo() throws IOException {
    List<String> errors =
        errors(
            TestGateway.in(folder)
                .service(
                    TestManifest.of("auth")
                        .route("POST /login")
                        .writes("auth-user-id")
                        .writes("auth-user_id")
                        .build(),
                    UPSTREAM));
    assertTrue(errors.toString().contains("are one field"), errors.toString());
  }

  /** C42: whoever deploys the file need not be who decides what it may read. */
  @Test
  void aManifestOnDiskReadsNoMoreThanIsAllowed() throws Exception {
    TestManifest shop = TestManifest.of("shop").route("GET /x").mayRead("auth-userId");
    TestGateway.Builder gateway =
        TestGateway.in(folder).service(auth(), UPSTREAM).service(shop.build(), UPSTREAM);
    build(gateway.build());
    build(gateway.serviceKey("allowReads", List.of("auth-userid")).build());
    String error = onlyError(gateway.serviceKey("allowReads", List.of("auth-plan")));
    assertTrue(error.contains(": environments.demo.services.shop.allowReads: the manifest"), error);
    assertTrue(error.contains("reads \"auth-userId\", which is not listed"), error);
  }

  private static Manifest asksForConfig() {
    return TestManifest.of("shop").route("GET /x").config("apiKey").build();
  }

  private TestGateway.Builder gatewayThatAsksForConfig() throws IOException {
    return TestGateway.in(folder).service(asksForConfig(), UPSTREAM);
  }

  /** C9: declared but not granted, or without a value. */
  @Test
  void aConfigurationValueMustBeThereAndGranted() throws Exception {
    build(gatewayThatAsksForConfig().grants("apiKey").config("apiKey", "hunter2").build());

    String notGranted = onlyError(gatewayThatAsksForConfig().config("apiKey", "hunter2"));
    assertTrue(notGranted.contains("\"apiKey\", which it is not granted"), notGranted);
    assertTrue(!notGranted.contains("hunter2"), notGranted);

    String withoutValue = onlyError(gatewayThatAsksForConfig().grants("apiKey"));
    assertTrue(withoutValue.contains("the environment does not have"), withoutValue);
  }

  /** C9: its name may be in no session space of the environment. */
  @Test
  void aRouteMayNotAskForAConfigurationValueThatIsCalledLikeASessionField() throws IOException {
    String error =
        onlyError(
            TestGateway.in(folder)
                .service(auth(), UPSTREAM)
                .service(
                    TestManifest.of("shop").route("GET /x").config("auth-key").build(), UPSTREAM));
    assertTrue(error.contains("a name in the session space of \"auth\""), error);
  }

  /** C20: by name or METHOD /path; what is no route is a mistake of the list. */
  @Test
  void aPublicListNamesRoutesThatExist() throws Exception {
    build(
        TestGateway.in(folder)
            .service(TestManifest.of("a").route("GET /x").named("see").build(), UPSTREAM)
            .publicRoutes("see")
            .service(TestManifest.of("b").route("GET /x/{y}").named("see").build(), UPSTREAM)
            .publicRoutes("GET /x/{y}")
            .service(TestManifest.of("c").route("GET /x").build(), UPSTREAM)
            .publicRoutes("all")
            .build());
    String error =
        onlyError(
            TestGateway.in(folder)
                .service(TestManifest.of("a").route("GET /x").build(), UPSTREAM)
                .publicRoutes("GET /y"));
    assertTrue(error.contains(": environments.demo.services.a.public[0]: "), error);
    assertTrue(error.contains("\"GET /y\""), error);
  }

  /** C20: a listed route that requires a session field; with {@code all} it is refused later. */
  @Test
  void aPublicRouteMayNotRequireASessionField() throws Exception {
    Manifest shop = TestManifest.of("shop").route("GET /cart").reads("auth-userId").build();
    String error =
        onlyError(
            TestGateway.in(folder)
                .service(auth(), UPSTREAM)
                .service(shop, UPSTREAM)
                .publicRoutes("GET /cart"));
    assertTrue(error.contains("requires the session field \"auth-userId\""), error);
    build(
        TestGateway.in(folder)
            .service(auth(), UPSTREAM)
            .service(shop, UPSTREAM)
            .publicRoutes("all")
            .build());
  }

  /** C42: deployments are partial. */
  @Test
  void aMissingProducerIsAWarningOnly() throws Exception {
    build(
        TestGateway.in(folder)
            .service(
                TestManifest.of("shop")
                    .route("GET /cart")
                    .reads("auth-userId")
                    .mayRead("auth-plan")
                    .build(),
                UPSTREAM)
            .build());
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(
        warnings.get(0).contains("GET /shop/cart requires \"auth-userId\", which nobody sets"),
        warnings.get(0));
  }

  /** C9: a required value that is not sent is an error, an optional one a warning. */
  @Test
  void anOptionalConfigurationValueThatIsNotSentIsAWarning() throws Exception {
    build(
        TestGateway.in(folder)
            .service(
                TestManifest.of("shop")
                    .route("GET /a")
                    .mayHaveConfig("apiKey")
                    .route("GET /b")
                    .mayHaveConfig("apiKey")
                    .build(),
                UPSTREAM)
            .build());
    assertEquals(1, warnings.size(), "one for both routes: " + warnings);
    assertTrue(
        warnings.getFirst().contains("\"apiKey\", which the environment does not have. Add it: "),
        warnings.getFirst());
  }

  /** C9: what bears the name of another's session field never reaches who documents it. */
  @Test
  void aHeaderThatIsDocumentedUnderTheNameOfAnothersFieldIsAWarning() throws Exception {
    TestGateway.Builder gateway =
        TestGateway.in(folder)
            .service(auth(), UPSTREAM)
            .service(TestManifest.of("shop").route("GET /a").build(), UPSTREAM);
    Files.writeString(
        folder.resolve("demo-shop.json"),
        """
        {"manifestVersion": 1, "microservice": "shop", "routes": [
          {"method": "GET", "path": "/a", "name": "a",
           "headers": [{"field": "Auth_Trace", "type": "String"}]}]}
        """);
    build(gateway.build());
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(
        warnings.getFirst().contains("[KintoDocumentedInSession] GET /shop/a documents"),
        warnings.getFirst());
  }

  /** The vocabulary: a session is private to its environment, and so are its producers. */
  @Test
  void aProducerInAnotherEnvironmentDoesNotCount() throws Exception {
    build(
        TestGateway.in(folder)
            .service(auth(), UPSTREAM)
            .environment("staging")
            .service(
                TestManifest.of("shop").route("GET /cart").reads("auth-userId").build(), UPSTREAM)
            .build());
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("staging"), warnings.get(0));
  }

  @Test
  void anotherMicroservicesManifestIsRefused() throws IOException {
    String error = onlyError(TestGateway.in(folder).service("shop", auth().toJson(), UPSTREAM));
    assertTrue(error.startsWith("demo-shop.json: /microservice: "), error);
    assertTrue(error.contains("\"auth\"") && error.contains("\"shop\""), error);
  }

  @Test
  void aManifestThatIsNoTextIsRefused() throws IOException {
    TestGateway.Builder gateway = TestGateway.in(folder).service(auth(), UPSTREAM);
    Files.write(folder.resolve("demo-auth.json"), new byte[] {(byte) 0xC3, (byte) 0x28});
    String error = onlyError(gateway);
    assertTrue(error.contains("demo-auth.json"), error);
  }

  /** C42: all listed at once, of all microservices and environments, the configuration's first. */
  @Test
  void theErrorsOfAllManifestsAreListedAtOnce() throws IOException {
    List<String> errors =
        errors(
            TestGateway.in(folder)
                .service("broken", "{", UPSTREAM)
                .service("old", "{\"manifestVersion\": 0}", UPSTREAM)
                .service(TestManifest.of("shop").route("GET /x").config("apiKey").build(), UPSTREAM)
                .publicRoutes("GET /y")
                .environment("staging")
                .service("broken", "[]", UPSTREAM));
    List<String> files =
        List.of(
            "shop.public", "demo-broken.json", "demo-old.json", "demo-shop.json", "staging-bro");
    assertEquals(files.size(), errors.size(), String.join("\n", errors));
    for (int i = 0; i < files.size(); i++) {
      assertTrue(errors.get(i).contains(files.get(i)), errors.get(i));
    }
  }

  private List<String> errors(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("kinto.yaml"), yaml);
    ConfigDraft draft = GatewayConfig.read(file, Map.of());
    return assertThrows(InvalidConfigException.class, () -> build(draft)).problems().stream()
        .map(problem -> problem.replace(folder + "/", ""))
        .toList();
  }

  private void manifest(String name, String json) throws IOException {
    Files.writeString(folder.resolve(name), json);
  }

  /** C42: the file, the manifests and how they fit, whatever else is wrong. */
  @Test
  void whatIsWrongWithTheFileHidesNoManifestAndNoContractError() throws IOException {
    manifest("shop-x.json", "{");
    manifest(
        "shop.json", TestManifest.of("shop").route("GET /x").writes("shop-x-id").build().toJson());
    assertEquals(
        List.of(
            "kinto.yaml:1: sesion: this key is not known. Did you mean \"session\"?",
            "kinto.yaml:5: environments.demo.services.shop-x.upstreams[0]: an origin is wanted:"
                + " http or https, host and perhaps a port, no path. Found: \"ftp://h\"",
            "kinto.yaml:8: environments.demo.services.shop.public[1]: the manifest has no route of"
                + " this name. Name one as the manifest does, or as METHOD /path, or say all."
                + " Found: \"GET /y\"",
            "kinto.yaml:9: environments.demo.services.cart.manifest: there is no such readable"
                + " file; a relative path begins where this file lies. Found: \"absent.json\"",
            "shop-x.json: line 1, column 2: not JSON: ",
            "shop.json: [KintoForeignWrite] GET /x of \"shop\" sets \"shop-x-id\", which belongs to"
                + " \"shop-x\". Rename the field so that it begins with its microservice's name and"
                + " is nobody else's."),
        errors(
                """
                sesion: { idleTimeout: PT5M }
                environments:
                  demo:
                    services:
                      shop-x: { manifest: shop-x.json, upstreams: [ "ftp://h" ] }
                      shop: { upstreams: [ "http://127.0.0.1:1" ],
                              manifest: shop.json,
                              public: [ "GET /x", "GET /y" ] }
                      cart: { manifest: absent.json, upstreams: [ "http://127.0.0.1:1" ] }
                """)
            .stream()
            .map(problem -> problem.replaceFirst("(not JSON: ).*", "$1"))
            .toList());
  }

  static Stream<Arguments> consequences() {
    return Stream.of(
        Arguments.of("config: { apiKey: \"${UNSET}\" }", "config: [ apiKey ]", "config.apiKey"),
        Arguments.of("config: [ apiKey ]", "config: [ apiKey ]", "demo.config"),
        Arguments.of("confg: { apiKey: a }", "config: [ apiKey ]", "confg"),
        Arguments.of("config: { apiKey: a }", "config: [ \"${UNSET}\" ]", "config[0]"),
        Arguments.of("config: { apiKey: a }", "grants: [ apiKey ]", "shop.grants"),
        Arguments.of("config: { apiKey: a }", "confg: [ apiKey ]", "shop.confg"),
        Arguments.of(
            "config: { apiKey: a }",
            "config: [ apiKey ], allowReads: [ \"${UNSET}\" ]",
            "shop.allowReads[0]"));
  }

  /** C42: what may only follow from another problem is not claimed. */
  @ParameterizedTest
  @MethodSource("consequences")
  void theConsequenceOfAnotherProblemIsNoProblem(String values, String shop, String key)
      throws IOException {
    manifest("shop.json", asksForConfig().toJson());
    List<String> errors =
        errors(
            """
            environments:
              demo:
                %s
                services:
                  shop: { manifest: shop.json, upstreams: [ "http://127.0.0.1:1" ], %s }
            """
                .formatted(values, shop));
    assertEquals(1, errors.size(), errors.toString());
    assertTrue(errors.getFirst().contains(key + ": "), errors.toString());
  }

  /** What has nothing to do with a contract error takes nothing from it. */
  @Test
  void aMisspeltKeyThatMeansAnotherOneHidesNothing() throws IOException {
    manifest("shop.json", asksForConfig().toJson());
    assertEquals(
        2,
        errors(
                """
                environments:
                  demo:
                    config: { apiKey: a }
                    services:
                      shop: { manifest: shop.json, upstreams: [ "http://h" ], pulic: [ all ] }
                """)
            .size());
  }

  /** C43: a file is named as the configuration names it, where that has a variable. */
  @Test
  void problemsOfAManifestQuoteTheSourceOfItsPath() throws IOException {
    manifest("hunter2.json", "{");
    Path file =
        Files.writeString(
            folder.resolve("kinto.yaml"),
            "environments: { demo: { services: { shop: { manifest: \"${M}\", upstreams: [\"${U}\"]"
                + " } } } }");
    ConfigDraft draft =
        GatewayConfig.read(file, Map.of("M", "hunter2.json", "U", "http://hunter2"));
    String error =
        assertThrows(InvalidConfigException.class, () -> build(draft)).problems().getFirst();
    assertTrue(error.startsWith("${M}: line 1"), error);
  }

  private Path jar(String entry) throws IOException {
    Path jar = folder.resolve("service.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(auth().toJson().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return jar;
  }

  private ConfigDraft withManifest(Path file) throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("kinto.yaml"),
            """
            environments:
              demo:
                services:
                  auth:
                    manifest: %s
                    upstreams: [ "http://127.0.0.1:1" ]
            clients: []
            """
                .formatted(file.getFileName()));
    return GatewayConfig.read(yaml);
  }

  /** C43: a file, or a jar holding it. */
  @Test
  void aManifestIsFoundInAJar() throws Exception {
    build(withManifest(jar("META-INF/kinto/auth.json")));
    InvalidConfigException e =
        assertThrows(
            InvalidConfigException.class,
            () -> build(withManifest(jar("META-INF/kinto/other.json"))));
    assertTrue(e.getMessage().contains("the jar holds no META-INF/kinto/auth.json"), e.toString());
  }

  @Test
  void aJarThatIsNoneIsRefused() throws Exception {
    Path noJar = Files.writeString(folder.resolve("service.jar"), "no jar");
    InvalidConfigException e =
        assertThrows(InvalidConfigException.class, () -> build(withManifest(noJar)));
    assertTrue(
        e.getMessage()
            .contains(
                "kinto.yaml:5: environments.demo.services.auth.manifest: the file is no jar."),
        e.toString());
  }
}
