package dev.kinto.gateway.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One client is written to by one thread, and its answer comes last (contract C33). */
class ClientResponseTest {
  private final StringBuilder written = new StringBuilder();
  private final TimedWriter writer =
      new TimedWriter(new Recorder(written), ConnectionTimer.ofNone(), Duration.ofMinutes(1));
  private final Http1Response response = new Http1Response(writer, false);

  @Test
  void noInterimAnswerComesBehindTheFinalOne() {
    response.invite();
    send();

    assertThrows(IllegalStateException.class, response::invite);
    assertTrue(written.toString().startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"));
  }

  @Test
  void anotherThreadCannotWriteForTheRequest() throws Exception {
    assertEquals(IllegalStateException.class, failureElsewhere(response::invite));
    assertEquals(IllegalStateException.class, failureElsewhere(this::send));
    assertEquals("", written.toString());
  }

  @Test
  void aConnectionBelongsToTheThreadThatWroteFirst() throws Exception {
    writer.write(new byte[] {'a'}, 0, 1);

    assertEquals(
        IllegalStateException.class, failureElsewhere(() -> writer.write(new byte[] {'b'}, 0, 1)));
    assertEquals("a", written.toString());
  }

  private void send() {
    response.send(new ResponseHead(200, "OK", List.of(), OptionalLong.of(0)), new byte[0]);
  }

  private static Class<?> failureElsewhere(Runnable action) throws InterruptedException {
    FutureTask<Void> task = new FutureTask<>(action, null);
    Thread.ofVirtual().start(task).join();
    return assertThrows(ExecutionException.class, task::get).getCause().getClass();
  }

  private record Recorder(StringBuilder text) implements ClientSocket {
    @Override
    public byte @Nullable [] receive() {
      return null;
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      text.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void start(String threadName, Runnable task) {
      throw new IllegalStateException("nobody reads here");
    }
  }
}
