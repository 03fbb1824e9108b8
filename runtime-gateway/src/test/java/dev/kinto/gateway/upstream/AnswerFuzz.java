package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http1.ChunkedBody;
import dev.kinto.gateway.http1.ReceivedHead;
import dev.kinto.gateway.socket.StreamSocket;
import dev.kinto.manifest.FieldName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Fuzz target: the bytes that an upstream answers. They are read the same in all pieces; what is
 * let through has one framing, names that are tokens and no control characters (contract C35). How
 * to run it: docs/hostile-input.md.
 */
public final class AnswerFuzz {
  private AnswerFuzz() {}

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    String whole = outcome(bytes, bytes.length);
    for (int size : new int[] {1, 3, 64}) {
      String pieces = outcome(bytes, size);
      if (!whole.equals(pieces)) {
        throw new AssertionError(whole + "\nin pieces of " + size + ": " + pieces);
      }
    }
  }

  /** What is read from bytes that come in pieces of this size. */
  private static String outcome(byte[] bytes, int size) {
    StringBuilder outcome = new StringBuilder();
    try {
      UpstreamInput input = new UpstreamInput(new PieceSocket(bytes, size));
      for (int i = 0; i < 20; i++) {
        ReceivedHead received = input.readHead();
        outcome.append(received.status()).append(received.lines().size()).append(' ');
        if (received.status() >= 200) {
          UpstreamResponseHead head = UpstreamResponseHead.check(received, "GET");
          check(head, received.status());
          if (received.chunked()) {
            outcome.append(
                Arrays.hashCode(new ChunkedBody(input, IOException::new).readAllBytes()));
          }
          return outcome.toString();
        }
      }
    } catch (IOException e) {
      outcome.append("refused");
    }
    return outcome.toString();
  }

  /** A connection over which these bytes come in pieces. */
  private static final class PieceSocket implements StreamSocket {
    private final InputStream bytes;
    private final int size;

    PieceSocket(byte[] bytes, int size) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.size = Math.max(1, size);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return bytes.read(buffer, offset, Math.min(length, size));
    }

    @Override
    public void write(byte[] written, int offset, int length) {
      throw new UnsupportedOperationException("only answers are read here");
    }

    @Override
    public void readTimeout(Duration timeout) {}

    @Override
    public boolean silent() {
      return false;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void close() {}

    @Override
    public void reset() {}
  }

  private static void check(UpstreamResponseHead head, int status) {
    boolean lengths =
        head.lines().stream()
                .filter(
                    line ->
                        line.lowerCaseName().equals("content-length")
                            || line.lowerCaseName().equals("transfer-encoding"))
                .count()
            <= 1;
    boolean clean =
        head.lines().stream()
            .allMatch(
                line ->
                    FieldName.isToken(line.name())
                        && line.value()
                            .chars()
                            .noneMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F || c > 0xFF));
    if (status > 599 || !lengths || !clean) {
      throw new AssertionError(status + " " + head);
    }
  }
}
