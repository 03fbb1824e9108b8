package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.tls.Identity;
import dev.kinto.gateway.tls.Pem;
import dev.kinto.gateway.tls.PemFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The certificates of a trial (contract C38). */
class CertificatesCommandTest {
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

  @TempDir Path folder;

  private record Result(int exit, String out, String err) {}

  private static Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new CertificatesCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return new Result(exit, out.toString(), err.toString());
  }

  private Identity identity(String name) {
    return new PemFiles(folder.resolve(name + ".pem"), folder.resolve(name + "-key.pem")).read();
  }

  private X509Certificate authority() {
    return Pem.chain(Pem.read(folder.resolve("ca.pem"))).getFirst();
  }

  @Test
  void eachHostHasACertificateForBothSidesThatTheOneAuthoritySigned() throws Exception {
    Result result = run(folder, "--hosts", "gateway-0.internal/10.0.0.5,::1", "--days", "30");
    assertEquals(0, result.exit(), result.err());
    X509Certificate gateway = identity("gateway-0.internal").chain().getFirst();
    X509Certificate loopback = identity("__1").chain().getFirst();
    for (X509Certificate each : List.of(gateway, loopback)) {
      each.verify(authority().getPublicKey());
      assertEquals(-1, each.getBasicConstraints());
      assertEquals(List.of(SERVER, CLIENT), each.getExtendedKeyUsage());
    }
    assertEquals(
        "[[2, gateway-0.internal], [7, 10.0.0.5]]",
        gateway.getSubjectAlternativeNames().toString());
    assertTrue(authority().getBasicConstraints() >= 0);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void keysAreTheirOwnersAlone() throws Exception {
    assertEquals(0, run(folder, "--hosts", "a").exit());
    for (String name : List.of("ca-key.pem", "a-key.pem")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))));
    }
  }

  @Test
  void aSecondRunSignsWithTheSameAuthority() throws Exception {
    assertEquals(0, run(folder, "--hosts", "a").exit());
    byte[] first = authority().getEncoded();
    assertEquals(0, run(folder, "--hosts", "b").exit());
    assertArrayEquals(first, authority().getEncoded());
    identity("b").chain().getFirst().verify(authority().getPublicKey());
  }

  @Test
  void nothingIsWrittenOver() throws Exception {
    assertEquals(0, run(folder, "--hosts", "a").exit());
    String before = Files.readString(folder.resolve("a-key.pem"));
    Result result = run(folder, "--hosts", "b,a");
    assertEquals(2, result.exit());
    assertTrue(result.err().contains("a.pem is there already"), result.err());
    assertFalse(Files.exists(folder.resolve("b.pem")), "half a set was made");
    assertEquals(before, Files.readString(folder.resolve("a-key.pem")));
  }

  @Test
  void halfAnAuthorityIsNotReplaced() throws Exception {
    assertEquals(0, run(folder, "--hosts", "a").exit());
    Files.delete(folder.resolve("ca-key.pem"));
    Result result = run(folder, "--hosts", "b");
    assertEquals(2, result.exit());
    assertTrue(
        result.err().contains("ca-key.pem cannot sign: there is no such file"), result.err());
  }

  @Test
  void aNodesCertificateIsNoAuthority() throws Exception {
    assertEquals(0, run(folder, "--hosts", "a").exit());
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.copy(folder.resolve("a.pem"), other.resolve("ca.pem"));
    Files.copy(folder.resolve("a-key.pem"), other.resolve("ca-key.pem"));
    Result result = run(other, "--hosts", "b");
    assertEquals(2, result.exit());
    assertTrue(result.err().contains("the certificate is no authority's"), result.err());
  }

  @Test
  void anotherFoldersAuthorityIsAnotherOne() throws Exception {
    assertEquals(0, run(folder, "--hosts", "a").exit());
    Path other = folder.resolve("new/other");
    assertEquals(0, run(other, "--hosts", "a").exit());
    X509Certificate stranger = Pem.chain(Pem.read(other.resolve("a.pem"))).getFirst();
    assertThrows(GeneralSecurityException.class, () -> stranger.verify(authority().getPublicKey()));
  }

  /** The lines for the configuration name the files, wherever a gateway is started. */
  @Test
  void theLinesForTheConfigurationAreThere() {
    Result result = run(folder, "--hosts", "a");
    assertTrue(
        result.out().contains("key: \"" + folder.resolve("a-key.pem").toAbsolutePath() + '"'),
        result.out());
    assertTrue(result.out().contains("a set for trials"), result.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a,,b",
        "a,a",
        "a,A",
        "*.example.com",
        "a:7000",
        "10.0.0.256",
        "../a",
        "ca",
        "ca-key",
        "a b",
        "fe80::1%eth0",
        "-a",
        "1.2.3",
        "a/",
        "a,dns:b"
      })
  void whatIsNoHostIsRefused(String hosts) {
    Result result = run(folder, "--hosts", hosts);
    assertEquals(2, result.exit());
    assertTrue(result.err().contains("--hosts"), result.err());
    assertFalse(Files.exists(folder.resolve("ca.pem")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3651", "soon"})
  void noEndlessCertificateIsMade(String days) {
    assertEquals(2, run(folder, "--hosts", "a", "--days", days).exit());
    assertFalse(Files.exists(folder.resolve("ca.pem")));
  }
}
