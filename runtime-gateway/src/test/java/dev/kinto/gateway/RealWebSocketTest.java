package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A WebSocket client and a WebSocket server that know nothing of the gateway between them. */
@Timeout(60)
class RealWebSocketTest {

  @Test
  void clientAndServerTalkThroughTheGateway(@TempDir Path folder) throws Exception {
    EchoServer server = new EchoServer();
    server.start();
    server.started.await();
    try (TestGateway gateway =
            TestGateway.in(folder)
                .service(
                    TestManifest.of("chat").route("GET /").mayRead("auth-userId", "nobody").build(),
                    URI.create("http://127.0.0.1:" + server.getPort()))
                .service(
                    TestManifest.of("auth").route("POST /login").writes("auth-userId").build(),
                    URI.create("http://127.0.0.1:1"))
                .start();
        HttpClient http = HttpClient.newHttpClient()) {
      Received received = new Received();
      WebSocket socket =
          http.newWebSocketBuilder()
              .header("Kinto-Authorization", "Bearer " + gateway.token())
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + gateway.api().getPort() + "/chat"), received)
              .get(30, TimeUnit.SECONDS);

      assertEquals("hello nobody", received.next());
      socket.sendText("Grüße", true).join();
      assertEquals("Grüße", received.next());
      byte[] large = new byte[1024 * 1024];
      new Random(1).nextBytes(large);
      socket.sendBinary(ByteBuffer.wrap(large), true).join();
      assertArrayEquals(large, (byte[]) received.next());
      socket.sendPing(ByteBuffer.wrap(new byte[] {7})).join();
      assertEquals("pong 7", received.next());
      socket.sendClose(4001, "enough").join();
      assertEquals("closed 4001", received.next());
      assertEquals("closed 4001 enough", server.closed.poll(30, TimeUnit.SECONDS));
    } finally {
      server.stop(0);
    }
  }

  /** Sends back what it gets. */
  private static final class EchoServer extends WebSocketServer {
    private final CountDownLatch started = new CountDownLatch(1);
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

    EchoServer() {
      super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    }

    @Override
    public void onStart() {
      started.countDown();
    }

    @Override
    public void onOpen(org.java_websocket.WebSocket connection, ClientHandshake handshake) {
      connection.send("hello " + handshake.getFieldValue("auth-userId"));
    }

    @Override
    public void onMessage(org.java_websocket.WebSocket connection, String message) {
      connection.send(message);
    }

    @Override
    public void onMessage(org.java_websocket.WebSocket connection, ByteBuffer message) {
      connection.send(message);
    }

    @Override
    public void onClose(
        org.java_websocket.WebSocket connection, int code, String reason, boolean remote) {
      closed.add("closed " + code + " " + reason);
    }

    @Override
    public void onError(org.java_websocket.WebSocket connection, Exception e) {
      closed.add(e.toString());
    }
  }

  /** What the client hears. */
  private static final class Received implements WebSocket.Listener {
    private final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private ByteBuffer bytes = ByteBuffer.allocate(2 * 1024 * 1024);

    Object next() throws InterruptedException {
      Object message = messages.poll(30, TimeUnit.SECONDS);
      return message == null ? "nothing" : message;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      bytes.put(data);
      if (last) {
        byte[] whole = new byte[bytes.flip().remaining()];
        bytes.get(whole);
        messages.add(whole);
        bytes.clear();
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      messages.add("pong " + message.get(0));
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      messages.add("closed " + status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      messages.add(error.toString());
    }
  }
}
