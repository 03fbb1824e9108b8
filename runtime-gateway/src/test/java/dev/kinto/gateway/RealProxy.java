package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real nginx or HAProxy in front of a gateway, on a port of its own, with a configuration of the
 * test's. Where the program is not there the test is skipped and says so, except where the variable
 * {@code CI} is set: there it fails.
 */
final class RealProxy implements AutoCloseable {
  private static final Path PAGE = Path.of("../docs/operating.md");
  private static final int TRIES = 5;
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final URI address;

  private RealProxy(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** The configuration that docs/operating.md shows, for a gateway at this address. */
  static String documented(String program, URI gateway) throws IOException {
    String page = Files.readString(PAGE);
    String mark = "<!-- " + program + " -->\n```\n";
    int start = page.indexOf(mark) + mark.length();
    assertTrue(start >= mark.length(), "no example of " + program + " in " + PAGE);
    return page.substring(start, page.indexOf("\n```", start))
        .replace("127.0.0.1:8080", gateway.getRawAuthority());
  }

  /**
   * Starts nginx.
   *
   * @param http what stands in {@code http} beside the server
   * @param server what stands in {@code server} beside {@code listen}
   */
  static RealProxy nginx(Path folder, String http, String server) throws Exception {
    String user = "root".equals(System.getProperty("user.name")) ? "user root root;\n" : "";
    String config =
        user
            + "daemon off; pid nginx.pid; error_log stderr; worker_processes 1;\n"
            + "events { worker_connections 256; }\n"
            + "http {\naccess_log off; client_body_temp_path body; proxy_temp_path proxy;\n"
            + "fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
            + http
            + "\nserver {\nlisten 127.0.0.1:PORT;\n"
            + server
            + "\n}\n}\n";
    return start(folder, "nginx", config, "-p", folder + "/", "-c", "nginx.conf");
  }

  /**
   * Starts HAProxy.
   *
   * @param sections the backend {@code gateway}, and others
   * @param frontend more lines of the frontend
   */
  static RealProxy haproxy(Path folder, String sections, String frontend) throws Exception {
    return haproxy(folder, "", sections, frontend);
  }

  /**
   * Starts HAProxy with TLS towards its clients.
   *
   * @param certificate a PEM file with certificate and key
   */
  static RealProxy haproxyWithTls(Path folder, Path certificate, String sections, String frontend)
      throws Exception {
    return haproxy(folder, " ssl crt " + certificate, sections, frontend);
  }

  private static RealProxy haproxy(Path folder, String bind, String sections, String frontend)
      throws Exception {
    String config =
        "defaults\n  mode http\n  timeout connect 10s\n  timeout client 60s\n"
            + "  timeout server 60s\n"
            + sections
            + "\nfrontend clients\n  bind 127.0.0.1:PORT"
            + bind
            + "\n"
            + frontend
            + "  default_backend gateway\n";
    return start(folder, "haproxy", config, "-db", "-f", "haproxy.conf");
  }

  private static RealProxy start(Path folder, String name, String config, String... arguments)
      throws Exception {
    Optional<String> program = program(name);
    String reason = "There is no " + name + " on the path.";
    if (System.getenv("CI") != null) {
      assertTrue(program.isPresent(), reason);
    }
    Assumptions.assumeTrue(program.isPresent(), reason);
    Files.createDirectories(folder);
    Path said = folder.resolve(name + ".log");
    for (int i = 0; i < TRIES; i++) {
      int port = freePort();
      Files.writeString(
          folder.resolve(name + ".conf"), config.replace("PORT", Integer.toString(port)));
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of(program.get()), Stream.of(arguments)).toList())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (listens(process, port)) {
        return new RealProxy(process, URI.create("http://127.0.0.1:" + port));
      }
      // Somebody may have taken the port meanwhile.
    }
    throw new AssertionError(name + " does not start: " + Files.readString(said));
  }

  /** A program cannot be asked for a port of the system's choice: it is chosen for it. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(Process process, int port) throws InterruptedException {
    long began = System.nanoTime();
    while (process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return process.isAlive();
      } catch (IOException e) {
        if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
          process.destroy();
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    return false;
  }

  private static Optional<String> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Stream.of(path.split(File.pathSeparator, -1)),
            List.of("/usr/sbin", "/usr/local/sbin").stream())
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .map(File::getPath)
        .findFirst();
  }

  /** Where clients call. */
  URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy(); // the master of nginx ends its workers
    process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
