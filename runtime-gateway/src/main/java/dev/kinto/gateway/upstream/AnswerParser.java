package dev.kinto.gateway.upstream;

import dev.kinto.gateway.wire.ChunkedBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers for HttpCore, whose own parser takes a head or a last chunk that the end of the
 * connection cut off for a complete one, and bare line feeds, folded lines and signed chunk sizes
 * for HTTP; and it keeps bytes that came behind an answer where the socket does not show them any
 * more (contract C33, C34, C35).
 */
final class AnswerParser implements HttpMessageParser<ClassicHttpResponse> {
  private @Nullable SessionInputBuffer buffer;
  private InputStream source = InputStream.nullInputStream();
  private InputStream whole = InputStream.nullInputStream();
  private boolean answered;

  /** An exchange begins. */
  void begin() {
    answered = false;
  }

  /** Whether a byte of the answer has come. */
  boolean answered() {
    return answered;
  }

  @Override
  public @Nullable ClassicHttpResponse parse(SessionInputBuffer from, InputStream in)
      throws IOException {
    buffer = from;
    source = new BufferedInput(from, in);
    whole = new BufferedInput(from, new WholeInput(in, from.length() > 0));
    answered |= from.length() > 0;
    return new AnswerLines(whole).read();
  }

  /** The chunked body of the answer that was parsed last. */
  InputStream chunkedBody() {
    return new ChunkedBody(
        whole, reason -> new InvalidAnswerException("the body cannot be read: " + reason));
  }

  /** What comes behind the answer that was parsed last, without any framing. */
  InputStream rawInput() {
    return source;
  }

  /** Whether bytes were received that no answer has taken. */
  boolean holdsMore() {
    return buffer != null && buffer.length() > 0;
  }

  /** Input that may end before its first byte, but not later. */
  private final class WholeInput extends FilterInputStream {
    private boolean begun;

    WholeInput(InputStream in, boolean begun) {
      super(in);
      this.begun = begun;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count < 0 && begun) {
        throw new ConnectionClosedException("the answer was cut off");
      }
      begun = true;
      answered |= count > 0;
      return count;
    }
  }

  /** Input that first gives what was read too far. */
  private static final class BufferedInput extends InputStream {
    private final SessionInputBuffer buffer;
    private final InputStream source;

    BufferedInput(SessionInputBuffer buffer, InputStream source) {
      this.buffer = buffer;
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      return buffer.read(source);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return buffer.read(bytes, offset, length, source);
    }

    @Override
    public int available() {
      return buffer.length();
    }
  }
}
