package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.SecretHash;
import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Microservices are deployed, version after version, while a gateway runs and clients call it: what
 * an operator does and reads (contract C42; docs/operating.md).
 */
@DisabledOnOs(OS.WINDOWS)
class DeploymentProcessTest {
  private static final String SECRET = "the-secret-of-the-client";

  @TempDir Path folder;

  private static TestManifest auth() {
    return TestManifest.of("auth").route("POST /login").writes("auth-userId");
  }

  private static Manifest articles() {
    return TestManifest.of("articles").route("GET /articles").mayRead("auth-userId").build();
  }

  private Path configuration(ManifestServer auth, ManifestServer articles, String allowReads)
      throws IOException {
    return Files.writeString(
        folder.resolve("kinto.yaml"),
        """
        listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
        manifests: { pollInterval: PT0.2S }
        environments:
          demo:
            services:
              auth:
                upstreams: [ "%s" ]%s
              articles:
                upstreams: [ "%s" ]
        clients:
          - { id: web, environment: demo, secretHash: "%s" }
        """
            .formatted(auth.uri(), allowReads, articles.uri(), SecretHash.of(SECRET)));
  }

  @Test
  void versionsComeAndAreRefusedWhileClientsCall() throws Exception {
    try (ManifestServer auth = ManifestServer.start().shows(auth().build());
        ManifestServer articles = ManifestServer.start().shows(articles());
        KintoProcess process = KintoProcess.serve(folder, configuration(auth, articles, ""));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      URI api = process.address("api");
      process.awaitErr("Manifest of demo/auth taken up from " + auth.url());
      process.awaitErr("Manifest of demo/articles taken up from " + articles.url());
      String token = token(api);
      AtomicBoolean over = new AtomicBoolean();
      List<Future<Integer>> callers =
          List.of(
              threads.submit(() -> callUntil(over, api, "POST /auth/login", token)),
              threads.submit(() -> callUntil(over, api, "GET /articles/articles", token)));
      try {
        deploy(process, auth, articles);
      } finally {
        over.set(true);
      }
      for (Future<Integer> caller : callers) {
        assertTrue(caller.get() > 0);
      }
      assertEquals(200, call(api, "GET /auth/me", token));
    }
  }

  private void deploy(KintoProcess process, ManifestServer auth, ManifestServer articles)
      throws Exception {
    auth.shows(auth().route("POST /logout").build());
    process.awaitErr("POST /auth/logout is new");

    auth.shows(TestManifest.of("auth").route("POST /login").build());
    process.awaitErr(
        "[KintoWriteRemoved] POST /auth/login no longer sets \"auth-userId\"; it breaks"
            + " GET /articles/articles.");
    process.awaitErr(auth.url() + " is refused for 1 reason(s); the one in force stays");

    auth.shows(auth().route("GET /me").mayRead("articles-last").build());
    process.awaitErr("If that is meant, set allowReads: [ articles-last ]");
    configuration(auth, articles, "\n        allowReads: [ articles-last ]");
    process.awaitErr("GET /auth/me is new");
  }

  private static int callUntil(AtomicBoolean over, URI api, String call, String token)
      throws IOException {
    int calls = 0;
    for (; !over.get(); calls++) {
      assertEquals(200, call(api, call, token), call);
    }
    return calls;
  }

  private static int call(URI api, String methodAndTarget, String token) throws IOException {
    try (RawClient client = RawClient.to(api)) {
      return client
          .exchange(
              methodAndTarget
                  + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nKinto-Authorization: Bearer "
                  + token
                  + "\r\n\r\n")
          .status();
    }
  }

  private static String token(URI api) throws IOException {
    String body = "{\"clientId\":\"web\",\"clientSecret\":\"" + SECRET + "\"}";
    try (RawClient client = RawClient.to(api)) {
      return client
          .exchange(
              "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .json()
          .path("token")
          .stringValue();
    }
  }
}
