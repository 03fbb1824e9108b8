package dev.kinto.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid that other machines reach has TLS, or says that it has not (contract C38). */
class ClosedGridTest {
  private static final String TLS =
      "  tls: { certificate: node.pem, key: node-key.pem, trust: ca.pem }\n";

  @TempDir Path folder;
  private HeldCertificate authority;

  @BeforeEach
  void certificates() throws IOException {
    authority = new HeldCertificate.Builder().commonName("ca").certificateAuthority(0).build();
    Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    node(new HeldCertificate.Builder().signedBy(authority));
  }

  private void node(HeldCertificate.Builder certificate) throws IOException {
    HeldCertificate held = certificate.build();
    Files.writeString(folder.resolve("node.pem"), held.certificatePem());
    Files.writeString(folder.resolve("node-key.pem"), held.privateKeyPkcs8Pem());
  }

  private GatewayConfig read(String host, String rest) throws Exception {
    String yaml =
        """
        environments: {}
        clients: []
        tokens: { keys: [ { id: k1, secret: "0123456789abcdef0123456789abcdef" } ] }
        grid:
          mode: cluster
          name: trial
          address: { host: "%s" }
          members: [ "gateways.internal:47500" ]
          size: 3
        """
            .formatted(host);
    Path file = Files.writeString(folder.resolve("kinto.yaml"), yaml + rest);
    return GatewayConfig.read(file, Map.of()).orThrow();
  }

  private String problem(String host, String rest) {
    return String.join(
        "\n",
        assertThrows(InvalidConfigException.class, () -> read(host, rest)).problems().stream()
            .filter(each -> each.contains("grid"))
            .toList());
  }

  private List<String> warnings(String host, String rest) throws Exception {
    return read(host, rest).warnings().stream().filter(each -> each.contains("grid")).toList();
  }

  @Test
  void beyondLoopbackItIsRefusedWithoutTls() {
    for (String host : List.of("192.0.2.1", "2001:db8::1")) {
      String problem = problem(host, "");
      assertTrue(problem.contains("grid.address.host: other machines"), problem);
      assertTrue(problem.contains("\"insecure: true\""), problem);
    }
    assertTrue(problem("192.0.2.1", "  insecure: false\n").contains("grid.address.host"));
  }

  @Test
  void onLoopbackItNeedsNone() throws Exception {
    assertEquals(List.of(), warnings("127.0.0.1", ""));
    assertEquals(List.of(), warnings("127.0.0.1", "  insecure: true\n"));
    assertEquals(List.of(), warnings("::1", ""));
  }

  @Test
  void whoSaysThatItIsInsecureIsWarned() throws Exception {
    List<String> warnings = warnings("192.0.2.1", "  insecure: true\n");
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("grid.insecure: the grid has no TLS"));
  }

  @Test
  void withTlsAllIsWell() throws Exception {
    assertEquals(List.of(), warnings("192.0.2.1", TLS));
  }

  @Test
  void insecureBesideTlsIsAContradiction() {
    assertTrue(problem("192.0.2.1", TLS + "  insecure: true\n").contains("grid.insecure"));
  }

  @Test
  void filesThatNoNodeCouldUseAreRefused() throws IOException {
    Files.writeString(folder.resolve("ca.pem"), "nothing");
    assertTrue(problem("::1", TLS).contains("grid.tls.trust: the file holds no certificate"));
    Files.delete(folder.resolve("ca.pem"));
    assertTrue(problem("::1", TLS).contains("grid.tls.trust: there is no such file"));
  }

  @Test
  void aCertificateThatTheOthersRefuseIsRefused() throws IOException {
    HeldCertificate other = new HeldCertificate.Builder().certificateAuthority(0).build();
    node(new HeldCertificate.Builder().signedBy(other));
    String problem = problem("::1", TLS);
    assertTrue(problem.contains("grid.tls.certificate: the other nodes would refuse"), problem);
  }

  @Test
  void aCertificateThatIsOutOfDateIsRefused() throws IOException {
    Instant past = Instant.now().minus(Duration.ofDays(1));
    node(
        new HeldCertificate.Builder().signedBy(authority).validityInterval(0, past.toEpochMilli()));
    String problem = problem("::1", TLS);
    assertTrue(problem.contains("grid.tls.certificate: the certificate expired"), problem);
  }

  @Test
  void anotherCertificatesKeyIsRefused() throws IOException {
    HeldCertificate other = new HeldCertificate.Builder().build();
    Files.writeString(folder.resolve("node-key.pem"), other.privateKeyPkcs8Pem());
    String problem = problem("::1", TLS);
    assertTrue(problem.contains("grid.tls.certificate: the key does not belong"), problem);
  }
}
