package dev.kinto.gateway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members who know each other by one authority, on real connections (contract C38). */
class MutualTlsTest {
  private static final int TIME_LIMIT_MILLIS = 30_000;

  @TempDir Path folder;

  private HeldCertificate authority;
  private Path trust;

  @BeforeEach
  void authority() throws IOException {
    authority = authority("authority");
    trust = Files.writeString(folder.resolve("trust.pem"), authority.certificatePem());
  }

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(0).build();
  }

  private static HeldCertificate.Builder certificate(String name) {
    return new HeldCertificate.Builder().commonName(name).addSubjectAlternativeName(name);
  }

  private MutualTls member(String name) throws IOException {
    return member(name, certificate(name).signedBy(authority).build());
  }

  private MutualTls member(String name, HeldCertificate held) throws IOException {
    PemFiles files = new PemFiles(folder.resolve(name + ".pem"), folder.resolve(name + "-key.pem"));
    write(files, held);
    return new MutualTls(files, trust);
  }

  private static void write(PemFiles files, HeldCertificate held) throws IOException {
    Files.writeString(files.certificate(), held.certificatePem());
    Files.writeString(files.key(), held.privateKeyPkcs8Pem());
  }

  /** What a client finds, and what the server sees of it. */
  private record Met(String server, String client, String protocol) {}

  private static Met meet(SSLContext server, SSLContext client) throws IOException {
    return meet(server, client, MutualTls.parameters());
  }

  /** Makes one connection with a byte each way; an exception if either side refuses the other. */
  private static Met meet(SSLContext server, SSLContext client, SSLParameters clients)
      throws IOException {
    try (SSLServerSocket listening = listen(server)) {
      return meet(listening, client, clients);
    }
  }

  private static SSLServerSocket listen(SSLContext server) throws IOException {
    SSLServerSocket listening =
        (SSLServerSocket)
            server
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listening.setSSLParameters(MutualTls.parameters());
    listening.setSoTimeout(TIME_LIMIT_MILLIS);
    return listening;
  }

  private static Met meet(SSLServerSocket listening, SSLContext client, SSLParameters clients)
      throws IOException {
    CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> serve(listening));
    SSLSession session = exchange(listening.getLocalPort(), client, clients);
    // Only now: a server that closes waits for the client to do the same.
    return new Met(session.getPeerPrincipal().getName(), seen.join(), session.getProtocol());
  }

  private static SSLSession exchange(int port, SSLContext client, SSLParameters clients)
      throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSSLParameters(clients);
      socket.setSoTimeout(TIME_LIMIT_MILLIS);
      socket.getOutputStream().write(1);
      if (socket.getInputStream().read() != 2) {
        throw new SSLException("the server closed the connection");
      }
      return socket.getSession();
    }
  }

  private static String serve(SSLServerSocket listening) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.setSoTimeout(TIME_LIMIT_MILLIS);
      if (socket.getInputStream().read() != 1) {
        return "nobody";
      }
      socket.getOutputStream().write(2);
      return socket.getSession().getPeerPrincipal().getName();
    } catch (IOException e) {
      return "nobody";
    }
  }

  /** Tries until it is so: the files are looked at once a second at most. */
  private static void await(Attempt attempt) throws Exception {
    long began = System.nanoTime();
    while (!attempt.succeeds()) {
      assertTrue(
          System.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(TIME_LIMIT_MILLIS),
          "it never came to be so");
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private interface Attempt {
    boolean succeeds() throws Exception;
  }

  private static boolean isRefused(SSLContext server, SSLContext client) {
    try {
      meet(server, client);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void membersSeeOneAnothersCertificates() throws Exception {
    Met met = meet(member("a").context(), member("b").context());
    assertEquals(new Met("CN=a", "CN=b", "TLSv1.3"), met);
  }

  /** They are found by addresses, which certificates need not name. */
  @Test
  void namesAreNotCompared() throws Exception {
    HeldCertificate elsewhere = certificate("elsewhere.example").signedBy(authority).build();
    assertEquals(
        "CN=elsewhere.example",
        meet(member("a", elsewhere).context(), member("b").context()).server());
  }

  @Test
  void aStrangersCertificateIsRefusedOnBothSides() throws Exception {
    HeldCertificate strange = certificate("x").signedBy(authority("other")).build();
    PemFiles files = member("x", strange).files();
    SSLContext member = member("a").context();
    SSLContext stranger = new MutualTls(files, trust).context();
    assertTrue(isRefused(member, stranger));
    assertTrue(isRefused(stranger, member));
  }

  @Test
  void whoShowsNoCertificateIsRefused() throws Exception {
    SSLContext nobody = SSLContext.getInstance("TLS");
    nobody.init(null, new TrustManager[] {Trust.manager(List.of())}, null);
    SSLContext trusting = Trust.context(List.of(authority.certificate()));
    assertTrue(isRefused(member("a").context(), trusting));
    assertTrue(isRefused(member("b").context(), nobody));
  }

  @Test
  void olderVersionsAreRefused() throws Exception {
    SSLParameters old = new SSLParameters();
    old.setProtocols(new String[] {"TLSv1.2"});
    SSLContext server = member("a").context();
    SSLContext client = member("b").context();
    assertThrows(IOException.class, () -> meet(server, client, old));
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    SSLContext server = member("a").context();
    Instant past = Instant.now().minus(Duration.ofDays(2));
    HeldCertificate expired =
        certificate("x")
            .signedBy(authority)
            .validityInterval(past.toEpochMilli(), past.plus(Duration.ofDays(1)).toEpochMilli())
            .build();
    MutualTls member = member("x", expired);
    assertThrows(IllegalArgumentException.class, member::context, "it is not even used");
    SSLContext shown = SSLContext.getInstance("TLS");
    shown.init(
        new KeyManager[] {new SniKeyManager(Kept.identity(member.files()), Map.of())},
        new TrustManager[] {Trust.manager(List.of(authority.certificate()))},
        null);
    assertTrue(isRefused(server, shown));
  }

  @Test
  void aChangedCertificateIsShownByTheNextConnection() throws Exception {
    MutualTls member = member("a");
    SSLContext server = member.context();
    SSLContext client = member("b").context();
    assertEquals("CN=a", meet(server, client).server());
    assertEquals("CN=a", meet(client, server).client());
    write(member.files(), certificate("renewed").signedBy(authority).build());
    await(() -> meet(server, client).server().equals("CN=renewed"));
    assertEquals("CN=renewed", meet(client, server).client());
  }

  /** Also for one who has been connected: a session that goes on would ask for no certificate. */
  @Test
  void afterTheTrustHasChangedTheOldCertificatesAreRefused() throws Exception {
    SSLContext server = member("a").context();
    SSLContext old = member("b").context();
    assertEquals("CN=b", meet(server, old).client());
    HeldCertificate next = authority("next");
    SSLContext renewed = member("c", certificate("c").signedBy(next).build()).context();
    assertTrue(isRefused(server, renewed));
    Files.writeString(trust, authority.certificatePem() + next.certificatePem());
    await(() -> !isRefused(server, renewed));
    assertEquals("CN=b", meet(server, old).client(), "both authorities are trusted meanwhile");
    // The servers' own trust alone is taken from it; the client still accepts the server.
    Path others = Files.writeString(folder.resolve("others.pem"), authority.certificatePem());
    SSLContext stillTrusting =
        new MutualTls(new PemFiles(folder.resolve("b.pem"), folder.resolve("b-key.pem")), others)
            .context();
    assertEquals("CN=b", meet(server, stillTrusting).client());
    Files.writeString(trust, next.certificatePem());
    await(() -> isRefused(server, stillTrusting));
  }

  /** One that was would ask for no certificate, however long the trust has been taken from it. */
  @Test
  void noSessionIsTakenUpAgain() throws Exception {
    SSLContext client = member("b").context();
    try (SSLServerSocket listening = listen(member("a").context())) {
      assertEquals("CN=b", meet(listening, client, MutualTls.parameters()).client());
      HeldCertificate next = authority("next");
      Files.writeString(trust, next.certificatePem() + authority.certificatePem());
      write(member("b").files(), certificate("renewed").signedBy(next).build());
      // A session that goes on is still that of the certificate before.
      await(() -> meet(listening, client, MutualTls.parameters()).client().equals("CN=renewed"));
    }
  }

  @Test
  void whatCannotBeUsedLeavesTheOldInUse() throws Exception {
    MutualTls member = member("a");
    SSLContext server = member.context();
    SSLContext client = member("b").context();
    Files.writeString(member.files().key(), "no key");
    Files.writeString(trust, "no certificate");
    TimeUnit.MILLISECONDS.sleep(1100); // the pause between two looks
    assertEquals("CN=a", meet(server, client).server());
    write(member.files(), certificate("mended").signedBy(authority).build());
    Files.writeString(trust, authority.certificatePem());
    await(() -> meet(server, client).server().equals("CN=mended"));
  }

  @Test
  void aMemberWhomTheOthersWouldRefuseIsToldSo() throws Exception {
    assertTrue(member("a").identityProblem().isEmpty());
    assertTrue(member("a").trustProblem().isEmpty());
    HeldCertificate strange = certificate("x").signedBy(authority("other")).build();
    String problem = member("x", strange).identityProblem().orElseThrow();
    assertTrue(problem.contains("signed by an authority of"), problem);
  }

  @Test
  void aPublicAuthorityMakesNoMembers() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    X509Certificate known =
        ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(known.getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    Files.writeString(trust, authority.certificatePem() + pem);
    String problem = member("a").trustProblem().orElseThrow();
    assertTrue(problem.contains("public authority"), problem);
  }
}
