package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy with its own health check finds the gateway ready, and not ready (C18, C42). */
class HaproxyHealthTest {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/sbin/haproxy"), Path.of("/usr/local/sbin/haproxy"));

  @Test
  void itsHealthCheckIsAnswered(@TempDir Path folder) throws Exception {
    List<Path> found = PLACES.stream().filter(Files::isExecutable).toList();
    assumeTrue(!found.isEmpty(), "there is no HAProxy on this machine");
    Path socket = folder.resolve("stats");
    try (TestGateway gateway = TestGateway.in(folder).start()) {
      Path config = folder.resolve("haproxy.cfg");
      Files.writeString(
          config,
          """
          global
            stats socket unix@%s
          defaults
            mode http
            timeout connect 5s
            timeout client 5s
            timeout server 5s
          backend kinto
            option httpchk GET /health/ready
            server one %s check inter 100ms port %d
          """
              .formatted(socket, gateway.api().getAuthority(), gateway.admin().getPort()));
      Process haproxy =
          new ProcessBuilder(found.getFirst().toString(), "-db", "-f", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("haproxy.log").toFile())
              .start();
      try {
        awaitCheck(socket, "L7OK", haproxy, folder);
        gateway.grid().close();
        awaitCheck(socket, "L7STS", haproxy, folder);
      } finally {
        haproxy.destroy();
        haproxy.waitFor();
      }
    }
  }

  /** Asks until the last check had this result; a build's own time limit ends what never does. */
  private static void awaitCheck(Path socket, String result, Process haproxy, Path folder)
      throws Exception {
    String state = "";
    while (!state.contains("," + result + ",")) {
      assertTrue(haproxy.isAlive(), () -> log(folder));
      Thread.sleep(50);
      state = Files.exists(socket) ? ask(socket) : "";
      assertTrue(!state.contains(",L7RSP,"), state);
    }
  }

  private static String ask(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap("show stat\n".getBytes(StandardCharsets.US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static String log(Path folder) {
    try {
      return Files.readString(folder.resolve("haproxy.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
