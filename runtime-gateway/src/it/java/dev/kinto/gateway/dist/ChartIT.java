package dev.kinto.gateway.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.marcnuri.helm.Helm;
import dev.kinto.gateway.dist.Installation.Result;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** The chart: rendered by Helm, held against the API of Kubernetes, checked by the gateway. */
class ChartIT {
  private static final Path CHART = Path.of("src/dist/helm/kinto-gateway");
  private static final Path MANIFESTS = Path.of("src/dist/kubernetes/kinto-gateway.yaml");

  private static final String CLIENT =
      """
      gateway:
        environments: { production: { services: { shop: { manifest: shop.json, upstreams: [ "http://shop:9000" ] } } } }
        clients: [ { id: my-app, environment: production, secretHash: "sha256:cd577fe2561ebff23505db0bb006300c7cdecbd46bc0e03c449afafaca2c25bf" } ]
      files:
        shop.json: |
          {"manifestVersion": 1, "microservice": "shop", "routes": []}
      """;

  @TempDir Path folder;

  @BeforeEach
  void needsHelm() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        system.equals("Linux amd64"), "Helm's library is for Linux on amd64. Found: " + system);
  }

  private String render(String values) throws Exception {
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    return new Helm(CHART)
        .template()
        .withName("kinto-gateway")
        .withNamespace("gateways")
        .withValuesFile(file)
        .call();
  }

  private static List<Map<?, ?>> documents(String yaml) {
    List<Map<?, ?>> all = new ArrayList<>();
    for (Object each : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      if (each instanceof Map<?, ?> map) {
        all.add(map);
      }
    }
    return all;
  }

  private static String kind(Map<?, ?> document) {
    return String.valueOf(document.get("kind"));
  }

  @Test
  void helmFindsNothingToSay() {
    var result = new Helm(CHART).lint().strict().call();
    assertFalse(result.isFailed(), result.getMessages().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        CLIENT,
        "persistence: { enabled: true, storageClass: fast }",
        "{ replicas: 1, tls: { secret: kinto-tls } }",
        "{ replicas: 5, grid: { insecure: true }, networkPolicy: { from: [ { podSelector: {} } ],"
            + " adminFrom: [ { namespaceSelector: {} } ] } }",
        "{ nodeSelector: { a: b }, tolerations: [ { key: a, operator: Exists } ], podAnnotations: {"
            + " a: b }, imagePullSecrets: [ { name: a } ] }",
      })
  void kubernetesTakesWhatItRenders(String values) throws Exception {
    List<Map<?, ?>> documents = documents(render(values));
    assertEquals(
        List.of(
            "ConfigMap",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "Service",
            "Service",
            "StatefulSet"),
        documents.stream().map(ChartIT::kind).sorted().toList());
    for (Map<?, ?> document : documents) {
      validate(document);
    }
  }

  /** Unknown and missing keys and wrong types are refused by the models of the API. */
  private static void validate(Map<?, ?> document) throws Exception {
    JsonElement json = JsonParser.parseString(JsonMapper.shared().writeValueAsString(document));
    switch (kind(document)) {
      case "ConfigMap" -> V1ConfigMap.validateJsonElement(json);
      case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
      case "PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(json);
      case "Service" -> V1Service.validateJsonElement(json);
      case "StatefulSet" -> V1StatefulSet.validateJsonElement(json);
      default -> throw new AssertionError("Unexpected: " + document);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicas: 2",
        "tokenKeys: { ids: [] }",
        "gateway: { grid: { mode: embedded } }",
      })
  void whatCannotBeMeantIsRefusedWithTheMend(String values) {
    Exception refused = assertThrows(Exception.class, () -> render(values));
    assertTrue(
        refused.getMessage().contains("Found: ")
            || refused.getMessage().contains("written by the chart"),
        refused.getMessage());
  }

  /** Those who have no Helm get what it renders with the values that the chart comes with. */
  @Test
  void thePlainManifestsAreTheChartsOwn() throws Exception {
    String rendered =
        "# Rendered from the Helm chart with its own values, for the namespace gateways:"
            + " docs/install.md\n"
            + render("{}");
    if ("rewrite".equals(System.getProperty("kinto.goldens"))) {
      Files.writeString(MANIFESTS, rendered);
    }
    assertEquals(Files.readString(MANIFESTS), rendered);
  }

  /** The gateway itself judges what stands in the ConfigMap, with secrets as they are mounted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tls: { secret: kinto-tls }",
        "replicas: 1\ntls: { secret: kinto-tls }",
        "tls: { secret: kinto-tls }\npersistence: { enabled: true }",
      })
  void theGatewayFindsTheConfigurationGood(String values) throws Exception {
    Installation installation = Installation.in(Files.createDirectory(folder.resolve("installed")));
    Path etc = Files.createDirectory(folder.resolve("etc"));
    Map<?, ?> map =
        documents(render(CLIENT + values)).stream()
            .filter(each -> kind(each).equals("ConfigMap"))
            .findFirst()
            .orElseThrow();
    for (Map.Entry<?, ?> file : ((Map<?, ?>) map.get("data")).entrySet()) {
      Files.writeString(
          etc.resolve(file.getKey().toString()),
          file.getValue()
              .toString()
              .replace("/etc/kinto-", etc + "/kinto-")
              .replace("/var/lib/kinto", etc + "/state"));
    }
    mountSecrets(installation, etc);
    Result result =
        installation.kinto(
            Map.of("KINTO_CACHE", "off", "KINTO_CONF", etc.toString(), "POD_IP", "127.0.0.1"),
            "serve",
            "--check");
    assertEquals(0, result.exit(), result.err());
    assertEquals("", result.err());
  }

  private static void mountSecrets(Installation installation, Path etc) throws Exception {
    Path keys = Files.createDirectory(etc.resolve("kinto-token-keys"));
    Files.writeString(keys.resolve("k1"), "0123456789-abcdefghijklmnopqrstuvw\n");
    Path made = etc.resolve("made");
    Result certificates =
        installation.kinto("grid", "certificates", made.toString(), "--hosts", "gateway-0");
    assertEquals(0, certificates.exit(), certificates.err());
    for (String secret : List.of("kinto-tls", "kinto-grid-tls")) {
      Path mounted = Files.createDirectory(etc.resolve(secret));
      Files.copy(made.resolve("gateway-0.pem"), mounted.resolve("tls.crt"));
      Files.copy(made.resolve("gateway-0-key.pem"), mounted.resolve("tls.key"));
      Files.copy(made.resolve("ca.pem"), mounted.resolve("ca.crt"));
    }
    Installation.run(etc, Map.of(), "chmod", "-R", "go-rwx", etc.toString());
  }
}
