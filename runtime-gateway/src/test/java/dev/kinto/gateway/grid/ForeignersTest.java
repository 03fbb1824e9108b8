package dev.kinto.gateway.grid;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.GridTls;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HeldCertificate;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.Ignition;
import org.apache.ignite.client.ClientException;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.client.SslMode;
import org.apache.ignite.configuration.ClientConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Nobody without a certificate of the trust gets into a grid, or keeps it from working (C38). */
@Timeout(180)
@Isolated("it counts the lines that the process logs")
class ForeignersTest {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final int JOIN_MILLIS = 5000;
  private static final int STRANGERS = 200;
  private static final int SIZE = 3;

  @TempDir private Path folder;
  private final List<Integer> ports = FreePorts.of(3 * SIZE);
  private final List<Grid> grids = new ArrayList<>();
  private final List<Socket> strangers = new ArrayList<>();
  private HeldCertificate authority;
  private Path trust;
  private Grid grid;

  @BeforeEach
  void start() throws Exception {
    authority = authority("authority");
    trust = Files.writeString(folder.resolve("trust.pem"), authority.certificatePem());
    grid = start(0);
    start(1);
    await(grid::isAvailable);
    assertServes();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket each : strangers) {
      each.close();
    }
    grids.forEach(Grid::close);
  }

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(0).build();
  }

  private GridTls identity(String name, HeldCertificate signer) throws IOException {
    HeldCertificate held = new HeldCertificate.Builder().commonName(name).signedBy(signer).build();
    Path certificate = Files.writeString(folder.resolve(name + ".pem"), held.certificatePem());
    Path key = Files.writeString(folder.resolve(name + "-key.pem"), held.privateKeyPkcs8Pem());
    return new GridTls(certificate, key, trust);
  }

  private Grid start(int node) throws IOException {
    Cluster settings = settings(node, Optional.of(identity("node-" + node, authority)));
    Grid started = Grid.start(settings, folder.resolve("work-" + node), Storing.FOR_NOBODY);
    grids.add(started);
    return started;
  }

  private int port(int kind, int node) {
    return ports.get(kind * SIZE + node);
  }

  private Cluster settings(int node, Optional<GridTls> tls) {
    return new Cluster(
        Storage.ofMemory(32 << 20),
        "trial",
        new NodeAddress("127.0.0.1", port(0, node), port(1, node), OptionalInt.of(port(2, node))),
        ports.subList(0, SIZE).stream().map(port -> new Member("127.0.0.1", port)).toList(),
        SIZE,
        Optional.empty(),
        1,
        tls);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      Thread.sleep(50);
    }
  }

  private void assertServes() {
    UUID key = UUID.randomUUID();
    byte[] bytes = "kept".getBytes(StandardCharsets.UTF_8);
    grid.run(key, bytes, LIFE);
    assertArrayEquals(bytes, grid.get(key).orElseThrow());
  }

  private Ignite member() {
    return Ignition.allGrids().stream()
        .filter(each -> ("127.0.0.1:" + port(0, 0)).equals(each.configuration().getConsistentId()))
        .findFirst()
        .orElseThrow();
  }

  /** Somebody who knows all about the grid but has other certificates, or none. */
  private void assertDoesNotJoin(Optional<GridTls> tls) throws UnknownHostException {
    IgniteConfiguration configuration =
        NodeSettings.member(
            folder.resolve("foreign"), settings(2, tls), List.of(), Optional.empty());
    ((TcpDiscoverySpi) configuration.getDiscoverySpi()).setJoinTimeout(JOIN_MILLIS);
    try (Ignite foreign = Ignition.start(configuration)) {
      assertEquals(1, foreign.cluster().nodes().size(), "it is a grid of its own, at most");
    } catch (IgniteException refused) {
      // It gave up.
    }
    assertEquals(2, member().cluster().nodes().size());
    assertServes();
  }

  @Test
  void aNodeWithoutTlsDoesNotJoin() throws Exception {
    assertDoesNotJoin(Optional.empty());
  }

  @Test
  void aNodeOfAnotherAuthorityDoesNotJoin() throws Exception {
    assertDoesNotJoin(Optional.of(identity("foreign", authority("other"))));
  }

  private IgniteClient client(Optional<GridTls> tls) {
    ClientConfiguration configuration =
        new ClientConfiguration()
            .setAddresses("127.0.0.1:" + port(2, 0))
            .setHandshakeTimeout(JOIN_MILLIS);
    tls.ifPresent(
        files ->
            configuration
                .setSslMode(SslMode.REQUIRED)
                .setSslContextFactory(GridSslContext.factory(files)));
    return Ignition.startClient(configuration);
  }

  @Test
  void aClientNeedsACertificateOfTheAuthority() throws Exception {
    try (IgniteClient client = client(Optional.of(identity("client", authority)))) {
      assertEquals(List.of("sessions"), List.copyOf(client.cacheNames()));
    }
    GridTls foreign = identity("foreign", authority("other"));
    assertThrows(ClientException.class, () -> client(Optional.of(foreign)));
    assertThrows(ClientException.class, () -> client(Optional.empty()));
    assertServes();
  }

  /** Those who say nothing, who say anything, and who do not end what they began. */
  @Test
  void strangersKeepNobodyFromJoining() throws Exception {
    AtomicInteger said = new AtomicInteger();
    Logger log = Logger.getLogger("dev.kinto.gateway");
    Handler counting = counting(said);
    log.addHandler(counting);
    try {
      byte[] hello = HexFormat.of().parseHex("160301020001000100"); // a ClientHello that ends early
      byte[] noise = new byte[300];
      new Random(1).nextBytes(noise);
      for (int i = 0; i < STRANGERS; i++) {
        for (int kind = 0; kind < 3; kind++) {
          Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port(kind, 0));
          strangers.add(stranger);
          if (i % 3 > 0) {
            stranger.getOutputStream().write(i % 3 == 1 ? noise : hello);
          }
        }
      }
      assertServes();
      start(2);
      await(() -> member().cluster().nodes().size() == SIZE);
      assertServes();
      assertTrue(said.get() < 100, "so many lines: " + said);
    } finally {
      log.removeHandler(counting);
    }
  }

  private static Handler counting(AtomicInteger said) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.INFO.intValue()) {
          said.incrementAndGet();
        }
      }

      @Override
      public void flush() {
        // Nothing is kept.
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  /** A handshake with a port of the first node: whom it shows, if it takes us. */
  private String shown(int kind, GridTls tls) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            GridSslContext.factory(tls)
                .create()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port(kind, 0))) {
      socket.setSoTimeout(JOIN_MILLIS);
      socket.startHandshake();
      if (kind == 1) {
        socket.getInputStream().read(); // the node says its id, or that it refuses us
      }
      return socket.getSession().getPeerPrincipal().getName();
    }
  }

  @Test
  void certificatesAreReplacedWithoutARestart() throws Exception {
    GridTls old = identity("old", authority);
    for (int kind = 0; kind < 3; kind++) {
      assertEquals("CN=node-0", shown(kind, old));
    }
    HeldCertificate next = authority("next");
    Files.writeString(trust, authority.certificatePem() + next.certificatePem());
    GridTls renewed = identity("renewed", next);
    Files.copy(renewed.certificate(), folder.resolve("node-0.pem"), REPLACE_EXISTING);
    Files.copy(renewed.key(), folder.resolve("node-0-key.pem"), REPLACE_EXISTING);
    for (int kind = 0; kind < 3; kind++) {
      int port = kind;
      await(() -> shown(port, old).equals("CN=renewed"));
    }
    // Node 1 goes on with its old certificate: both authorities are trusted.
    assertServes();
    authority = next;
    start(2);
    await(() -> member().cluster().nodes().size() == SIZE);
    Path others = Files.writeString(folder.resolve("others.pem"), next.certificatePem());
    Files.writeString(trust, next.certificatePem());
    GridTls stillTrusting = new GridTls(old.certificate(), old.key(), others);
    await(() -> isRefused(stillTrusting));
    assertServes();
  }

  private boolean isRefused(GridTls tls) {
    try {
      shown(1, tls);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
