package dev.kinto.gateway;

import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.SecretHash;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * A gateway that is called for a moment and stops, so that the JVM learns which classes and methods
 * a start and a request need ({@code -XX:AOTCacheOutput}, JEP 514 and JEP 515). It listens on
 * loopback, on ports that the system chooses.
 */
final class Training {
  private static final int CALLS = 500;
  private static final String SECRET = "of a client that lives for a moment";

  private static final String MANIFEST =
      """
      {"manifestVersion": 1, "microservice": "train", "routes": [
        {"method": "GET", "path": "/see", "name": "see",
         "reads": [ {"field": "train-count", "type": "String", "required": false} ],
         "writes": [ {"field": "train-count", "type": "String"} ]}]}
      """;

  private Training() {}

  /**
   * Starts, calls, stops.
   *
   * @param folder an empty one, for what it writes
   */
  static void run(Path folder) throws IOException, InvalidConfigException {
    try (TrainingUpstream upstream = TrainingUpstream.start()) {
      Files.writeString(folder.resolve("train.json"), MANIFEST);
      Path file = Files.writeString(folder.resolve("train.yaml"), configuration(upstream.uri()));
      try (Gateway gateway = Gateway.start(GatewayConfig.read(file), _ -> {});
          Reloading _ = Reloading.start(file, gateway, new Semaphore(0))) {
        call(gateway);
      }
    }
  }

  private static String configuration(URI upstream) {
    return """
    listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
    environments:
      train:
        services:
          train: { manifest: train.json, upstreams: [ "%s" ], public: all }
    clients: [ { id: train, environment: train, secretHash: "%s" } ]
    grid: { memory: 64 MiB }
    """
        .formatted(upstream, SecretHash.of(SECRET));
  }

  private static void call(Gateway gateway) throws IOException {
    String token = token(gateway.api().resolve("/auth"));
    for (int i = 0; i < CALLS; i++) {
      call(gateway.api().resolve("/train/see"), token, HttpURLConnection.HTTP_OK);
      call(gateway.publicApi().resolve("/train/train/see"), "", HttpURLConnection.HTTP_OK);
      call(gateway.api().resolve("/train/missing"), token, HttpURLConnection.HTTP_NOT_FOUND);
      token(gateway.api().resolve("/auth"));
    }
    call(gateway.admin().resolve("/health/ready"), "", HttpURLConnection.HTTP_OK);
  }

  private static String token(URI auth) throws IOException {
    HttpURLConnection connection = open(auth);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    String body = "{\"clientId\": \"train\", \"clientSecret\": \"" + SECRET + "\"}";
    connection.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
    return text(connection).replaceFirst("(?s).*\"token\" *: *\"([^\"]*)\".*", "$1");
  }

  private static void call(URI address, String token, int expected) throws IOException {
    HttpURLConnection connection = open(address);
    if (!token.isEmpty()) {
      connection.setRequestProperty("Kinto-Authorization", "Bearer " + token);
    }
    String text = text(connection);
    if (connection.getResponseCode() != expected) {
      throw new IOException(address + " answered " + connection.getResponseCode() + ": " + text);
    }
  }

  private static HttpURLConnection open(URI address) throws IOException {
    return (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
  }

  private static String text(HttpURLConnection connection) throws IOException {
    boolean good = connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST;
    try (var body = good ? connection.getInputStream() : connection.getErrorStream()) {
      return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
