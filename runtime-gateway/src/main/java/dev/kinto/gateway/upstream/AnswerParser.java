package dev.kinto.gateway.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * HttpCore's parser of answers, made strict about their ends: HttpCore takes a head or a last chunk
 * that the end of the connection cut off for a complete one, and keeps bytes that came behind an
 * answer where the socket does not show them any more (contract C33, C34).
 */
final class AnswerParser implements HttpMessageParser<ClassicHttpResponse> {
  private final Http1Config config;
  private final HttpMessageParser<ClassicHttpResponse> httpCore;
  private @Nullable SessionInputBuffer buffer;
  private InputStream source = InputStream.nullInputStream();
  private InputStream whole = InputStream.nullInputStream();
  private BooleanSupplier waitOn = () -> false;
  private boolean answered;

  AnswerParser(Http1Config config) {
    this.config = config;
    this.httpCore =
        new DefaultHttpResponseParserFactory(config, new StrictLineParser(), null).create();
  }

  /**
   * An exchange begins.
   *
   * @param newWaitOn says, when the read limit has passed without a byte of a head or of a chunk,
   *     whether to wait on; it may set another limit
   */
  void begin(BooleanSupplier newWaitOn) {
    waitOn = newWaitOn;
    answered = false;
  }

  /** Whether a byte of the answer has come. */
  boolean answered() {
    return answered;
  }

  @Override
  public @Nullable ClassicHttpResponse parse(SessionInputBuffer from, InputStream in)
      throws IOException, HttpException {
    buffer = from;
    source = in;
    whole = new WholeInput(in, from.length() > 0);
    answered |= from.length() > 0;
    try {
      return httpCore.parse(from, whole);
    } catch (IllegalArgumentException e) {
      // How HttpCore says that a status of 000 or a version of -1 makes no sense.
      throw new ProtocolException("the status line is not HTTP", e);
    }
  }

  /** The chunked body of the answer that was parsed last. */
  InputStream chunkedBody() {
    return new ChunkedInputStream(buffer, whole, config);
  }

  /** What comes behind the answer that was parsed last, without any framing. */
  InputStream rawInput() {
    return new RawInput(Objects.requireNonNull(buffer, "no answer was parsed"), source);
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
      int count = patientRead(bytes, offset, length);
      if (count < 0 && begun) {
        throw new ConnectionClosedException("the answer was cut off");
      }
      begun = true;
      answered |= count > 0;
      return count;
    }

    private int patientRead(byte[] bytes, int offset, int length) throws IOException {
      while (true) {
        try {
          return super.read(bytes, offset, length);
        } catch (SocketTimeoutException e) {
          if (!waitOn.getAsBoolean()) {
            throw e;
          }
        }
      }
    }
  }

  /** Input that first gives what was read too far. */
  private static final class RawInput extends InputStream {
    private final SessionInputBuffer buffer;
    private final InputStream source;

    RawInput(SessionInputBuffer buffer, InputStream source) {
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
  }
}
