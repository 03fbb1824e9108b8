package dev.kinto.examples;

import io.helidon.logging.common.LogConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpService;

/** Serves one microservice on loopback until the process is told to end. */
public final class ExampleServer {
  private ExampleServer() {}

  /**
   * Starts a microservice and prints where it listens.
   *
   * @param arguments the port, 0 for a free one; without it the environment variable {@code PORT}
   *     tells
   */
  public static void start(String name, HttpService routes, String... arguments) {
    LogConfig.configureRuntime();
    WebServer server =
        WebServer.builder()
            // Only the gateway shall reach it: whoever else could would choose the session headers.
            .host("127.0.0.1")
            .port(port(arguments))
            .routing(routing -> routing.register(routes))
            .shutdownHook(false)
            .build()
            .start();
    if (!server.isRunning()) {
      // Helidon has logged why: the port is taken, most likely.
      System.exit(1);
    }
    // SIGTERM is the ordinary end, but Java would end with 143 after its hooks.
    Thread stop =
        new Thread(
            () -> {
              server.stop();
              Runtime.getRuntime().halt(0);
            });
    Runtime.getRuntime().addShutdownHook(stop);
    System.out.println(name + " listening on http://127.0.0.1:" + server.port());
  }

  private static int port(String... arguments) {
    return Integer.parseInt(
        arguments.length > 0 ? arguments[0] : System.getenv().getOrDefault("PORT", "0"));
  }
}
