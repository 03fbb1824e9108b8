package dev.kinto.gateway.manifests;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.config.UpstreamTls;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.manifests.ManifestResponse.Same;
import dev.kinto.gateway.manifests.ManifestResponse.Silence;
import dev.kinto.gateway.manifests.ManifestResponse.Text;
import dev.kinto.gateway.manifests.ManifestResponse.Unusable;
import dev.kinto.gateway.upstream.ConnectFailedException;
import dev.kinto.gateway.upstream.SingleGet;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Asks addresses for manifests: one GET, at most 1 MiB, no redirects, ten seconds for all of it
 * (contract C42). Safe for use by any number of threads.
 */
final class ManifestClient implements AutoCloseable {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration WHOLE = Duration.ofSeconds(10);

  private final SingleGet get = new SingleGet(MAX_BYTES, CONNECT, WHOLE);

  /**
   * Asks.
   *
   * @param tag names what this address gave before
   */
  ManifestResponse ask(HttpOrigin server, String target, UpstreamTls tls, Optional<String> tag) {
    List<HeaderLine> headers = new ArrayList<>();
    headers.add(HeaderLine.of("Accept", "application/json"));
    tag.ifPresent(known -> headers.add(HeaderLine.of("If-None-Match", known)));
    try {
      return answer(get.get(server, tls, target, headers), tag.isPresent());
    } catch (ConnectFailedException e) {
      return new Silence(
          e.getCause() instanceof SSLException tlsFailure
              ? "there is no TLS with it: " + tlsFailure.getMessage()
              : "it cannot be connected to");
    } catch (SocketTimeoutException e) {
      return new Unusable("no whole answer came within " + WHOLE.toSeconds() + " seconds");
    } catch (IOException e) {
      return new Unusable("the answer broke off, or is larger than 1 MiB: " + e.getMessage());
    }
  }

  private static ManifestResponse answer(SingleGet.Response response, boolean conditional) {
    int status = response.status();
    if (status == 304 && conditional) {
      return new Same();
    }
    if (status / 100 == 3 && status != 304) {
      return new Unusable("a redirect came (" + status + "), and none is followed");
    }
    if (status != 200) {
      return new Unusable("the status is " + status + " instead of 200");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(response.body()).toString();
      return new Text(text, response.header("etag"));
    } catch (CharacterCodingException e) {
      return new Unusable("the answer is not UTF-8");
    }
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    get.close();
  }
}
