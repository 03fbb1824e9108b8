package dev.kinto.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What most tests of the gateway stand on: a folder, an upstream, and a gateway before it.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GatewayExtension gateway =
 *     GatewayExtension.of(
 *         (config, upstream) ->
 *             config.service(TestManifest.of("m").route("GET /x").build(), upstream.uri()));
 *
 * @Test
 * void answers() throws IOException {
 *   assertEquals(200, gateway.get("/m/x", gateway.token()).status());
 * }
 * }</pre>
 *
 * In a static field there is one for all tests of the class, and the upstream is {@link
 * RawUpstream#reset reset} before each; in an instance field each test has its own.
 *
 * @see RegisterExtension
 */
final class GatewayExtension
    implements GatewayCalls,
        BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback {
  private final Setup setup;

  /** It listens from the beginning, so that tests may hold it in a field. */
  private final RawUpstream upstream;

  private String owner = "";
  private @Nullable Path folder;
  private @Nullable TestGateway gateway;

  private GatewayExtension(Setup setup, RawUpstream upstream) {
    this.setup = setup;
    this.upstream = upstream;
  }

  /** What is particular about a gateway. */
  @FunctionalInterface
  interface Setup {
    void configure(TestGateway.Builder config, RawUpstream upstream) throws IOException;
  }

  static GatewayExtension of(Setup setup) {
    try {
      return new GatewayExtension(setup, RawUpstream.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The microservice that the gateway was set up with. */
  RawUpstream upstream() {
    return upstream;
  }

  /** The gateway, for all that is not a call. */
  TestGateway running() {
    if (gateway == null) {
      throw new IllegalStateException("The gateway is not started yet");
    }
    return gateway;
  }

  /** The clock of tokens and sessions. */
  TestClock clock() {
    return running().clock();
  }

  @Override
  public URI api() {
    return running().api();
  }

  @Override
  public URI publicApi() {
    return running().publicApi();
  }

  @Override
  public TextClient client() throws IOException {
    return running().client();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    start(context);
    upstream.reset();
  }

  private void start(ExtensionContext context) throws Exception {
    if (owner.isEmpty()) {
      owner = context.getUniqueId();
      folder = Files.createTempDirectory("kinto-gateway");
      TestGateway.Builder config = TestGateway.in(folder);
      setup.configure(config, upstream);
      gateway = config.start();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    end(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    end(context);
  }

  /** Ends what was started for this class or test, as far as it was started. */
  private void end(ExtensionContext context) throws IOException {
    if (!owner.equals(context.getUniqueId())) {
      return;
    }
    if (gateway != null) {
      gateway.close();
    }
    upstream.close();
    if (folder != null) {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
