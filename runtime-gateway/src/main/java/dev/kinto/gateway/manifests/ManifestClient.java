package dev.kinto.gateway.manifests;

import dev.kinto.gateway.config.UpstreamTls;
import dev.kinto.gateway.manifests.Answer.Same;
import dev.kinto.gateway.manifests.Answer.Silence;
import dev.kinto.gateway.manifests.Answer.Text;
import dev.kinto.gateway.manifests.Answer.Unusable;
import dev.kinto.gateway.tls.Trust;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks addresses for manifests: one GET, at most 1 MiB, no redirects, ten seconds for all of it
 * (contract C42). Safe for use by any number of threads.
 */
final class ManifestClient implements AutoCloseable {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration WHOLE = Duration.ofSeconds(10);

  private final Map<UpstreamTls, HttpClient> clients = new ConcurrentHashMap<>();

  /**
   * Asks.
   *
   * @param tag names what this address gave before
   */
  Answer ask(URI address, UpstreamTls tls, Optional<String> tag) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept", "application/json");
    tag.ifPresent(known -> request.header("If-None-Match", known));
    CompletableFuture<HttpResponse<byte[]>> response =
        clients
            .computeIfAbsent(tls, ManifestClient::client)
            .sendAsync(request.build(), small(BodyHandlers.ofByteArray()));
    try {
      return answer(response.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS), tag.isPresent());
    } catch (TimeoutException e) {
      return new Unusable("no whole answer came within " + WHOLE.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      return failure(e);
    } finally {
      response.cancel(true);
    }
  }

  private static HttpClient client(UpstreamTls tls) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(CONNECT)
        .sslContext(Trust.context(tls.trusted()))
        .build();
  }

  /** Bodies of errors are passed over, and these no farther than a manifest's. */
  private static BodyHandler<byte[]> small(BodyHandler<byte[]> handler) {
    return head -> {
      BodySubscriber<byte[]> body =
          head.statusCode() == 200 ? handler.apply(head) : BodySubscribers.replacing(new byte[0]);
      return BodySubscribers.limiting(body, MAX_BYTES);
    };
  }

  private static Answer answer(HttpResponse<byte[]> response, boolean conditional) {
    int status = response.statusCode();
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
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(response.body())).toString();
      return new Text(text, response.headers().firstValue("ETag"));
    } catch (CharacterCodingException e) {
      return new Unusable("the answer is not UTF-8");
    }
  }

  private static Answer failure(ExecutionException failed) {
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    return switch (cause) {
      case ConnectException _, HttpConnectTimeoutException _ ->
          new Silence("it cannot be connected to");
      case SSLException e -> new Silence("there is no TLS with it: " + e.getMessage());
      default ->
          new Unusable("the answer broke off, or is larger than 1 MiB: " + cause.getMessage());
    };
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    clients.values().forEach(HttpClient::shutdownNow);
  }
}
