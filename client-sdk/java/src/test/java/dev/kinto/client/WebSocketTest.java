package dev.kinto.client;

import static dev.kinto.client.FakeGateway.redirect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Web sockets carry the token, and no further than ordinary calls do (C39). */
final class WebSocketTest {
  @AutoClose private final FakeGateway gateway = new FakeGateway();
  @AutoClose private final FakeGateway elsewhere = new FakeGateway();
  private final KintoClient kinto = gateway.client().build();

  @Test
  void handshakeCarriesTheToken() throws Exception {
    try (EchoServer server = new EchoServer()) {
      TokenStore store = new StoredToken();
      KintoClient client =
          KintoClient.builder(server.url(), "demo", "demo-secret").tokenStore(store).build();
      // The server has no /auth: the stored token is sent as it is.
      CompletableFuture<Response> opened = open(client, client.url("chat/room"));
      Response response = opened.get();
      assertEquals("Bearer token-of-the-store", server.authorization.get());
      assertFalse(response.request().headers().toString().contains("token-of"));
      assertEquals(101, response.code());
    }
  }

  @Test
  void handshakeThatIsRefusedForItsTokenIsRepeated() {
    gateway.refusalCode = "token-replaced";
    gateway.microservice =
        request -> {
          if (request.token().equals("token-1")) {
            gateway.endSession("token-1");
            return FakeGateway.problem(401, "session-ended");
          }
          return FakeGateway.problem(403, "session-field-required");
        };
    KintoClient client = gateway.client().repeatCallsAfterSessionLost(true).build();
    assertThrows(ExecutionException.class, () -> open(client, client.url("chat/room")).get());
    assertEquals(
        List.of("POST /auth", "GET /chat/room token-1", "POST /auth", "GET /chat/room token-2"),
        gateway.calls());
  }

  @Test
  void tokenDoesNotFollowARedirectedHandshake() {
    gateway.microservice = request -> redirect(elsewhere.url("/chat/room"));
    assertThrows(ExecutionException.class, () -> open(kinto, kinto.url("chat/room")).get());
    assertEquals(List.of(), elsewhere.calls());
  }

  @Test
  void webSocketToAnotherHostHasNoToken() {
    assertThrows(ExecutionException.class, () -> open(kinto, elsewhere.url("/chat")).get());
    assertEquals(List.of("GET /chat"), elsewhere.calls());
  }

  private static CompletableFuture<Response> open(KintoClient client, HttpUrl url) {
    CompletableFuture<Response> opened = new CompletableFuture<>();
    WebSocketListener listener =
        new WebSocketListener() {
          @Override
          public void onOpen(WebSocket webSocket, Response response) {
            opened.complete(response);
            webSocket.close(1000, null);
          }

          @Override
          public void onFailure(WebSocket webSocket, Throwable e, Response response) {
            opened.completeExceptionally(e);
          }
        };
    assertNotNull(client.http().newWebSocket(new Request.Builder().url(url).build(), listener));
    return opened;
  }

  private static final class StoredToken implements TokenStore {
    @Override
    public Optional<String> load() {
      return Optional.of("token-of-the-store");
    }

    @Override
    public void save(String token) {}

    @Override
    public void clear() {}
  }

  /** Takes a handshake on any path. */
  private static final class EchoServer extends WebSocketServer implements AutoCloseable {
    final CompletableFuture<String> authorization = new CompletableFuture<>();
    private final CountDownLatch started = new CountDownLatch(1);

    EchoServer() throws InterruptedException {
      super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      start();
      started.await();
    }

    String url() {
      return "http://127.0.0.1:" + getPort();
    }

    @Override
    public void onOpen(org.java_websocket.WebSocket socket, ClientHandshake handshake) {
      authorization.complete(handshake.getFieldValue("Kinto-Authorization"));
    }

    @Override
    public void onClose(org.java_websocket.WebSocket s, int code, String reason, boolean remote) {}

    @Override
    public void onMessage(org.java_websocket.WebSocket socket, String message) {}

    @Override
    public void onError(org.java_websocket.WebSocket socket, Exception e) {}

    @Override
    public void onStart() {
      started.countDown();
    }

    @Override
    public void close() {
      try {
        stop(1000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
