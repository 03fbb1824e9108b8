package dev.kinto.gateway.listen;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.http.ClientBodyException;
import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.http1.RequestHead;
import dev.kinto.gateway.http1.RequestHeadReader;
import dev.kinto.gateway.problem.ProblemCode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection's bytes, in the pieces in which they come. Used by one thread at a time: the
 * connection's own, or for a while the one that sends a request's body on.
 */
final class ConnectionInput extends InputStream {
  /** How far a head is read beyond all limits. */
  static final int MOST_READ_ON = 16 * 1024;

  /** How long the rest of a head is waited for that is too large already. */
  private static final long READ_ON_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Pattern ORIGIN =
      Pattern.compile("\r\norigin:[ \t]*([!-~]+)[ \t]*\r\n", Pattern.CASE_INSENSITIVE);

  private final Supplier<byte @Nullable []> source;
  private final ConnectionTimer timer;
  private final ClientLimits limits;
  private final boolean takesOld;

  /** Bytes that came and were not taken yet, from {@link #at} to the end. */
  private byte[] piece = {};

  private int at;

  /**
   * The input of a connection.
   *
   * @param source gives the bytes as they come, or null at their end
   * @param timer ends the source when the client lets us wait for too long
   * @param takesOld whether requests may be of HTTP/1.0
   */
  ConnectionInput(
      Supplier<byte @Nullable []> source,
      ConnectionTimer timer,
      ClientLimits limits,
      boolean takesOld) {
    this.source = source;
    this.timer = timer;
    this.limits = limits;
    this.takesOld = takesOld;
  }

  @Override
  public int read() throws ClientBodyException {
    return fill() ? piece[at++] & 0xFF : -1;
  }

  /** Takes what is there, at least one byte and at most {@code length}; -1 at the end. */
  @Override
  public int read(byte[] buffer, int offset, int length) throws ClientBodyException {
    return fill() ? take(buffer, offset, length) : -1;
  }

  /** The same, waiting as long as it takes: for a tunnel, which has time limits of its own. */
  int readUntimed(byte[] buffer, int offset, int length) {
    if (available() == 0) {
      byte[] more = source.get();
      if (more == null) {
        return -1;
      }
      append(more);
    }
    return take(buffer, offset, length);
  }

  private int take(byte[] buffer, int offset, int length) {
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, buffer, offset, count);
    at += count;
    return count;
  }

  /** How many bytes can be taken without waiting. */
  @Override
  public int available() {
    return piece.length - at;
  }

  /** Whatever comes, and whoever reads: the input ends at this time of the timer's. */
  void endsBy(long time) {
    timer.endsBy(time);
  }

  /**
   * Waits for a whole head and takes it.
   *
   * @param onBytes is run when its first bytes have come
   * @return null if the connection ends before
   */
  @Nullable RequestHead readHead(Runnable onBytes) {
    if (available() == 0 && !awaitFirstByte()) {
      return null;
    }
    onBytes.run();
    long limit = ConnectionTimer.in(limits.head().toNanos());
    RequestHeadReader reader = new RequestHeadReader(takesOld);
    while (!read(reader)) {
      if (targetTooLong(reader) || headersTooLarge(reader)) {
        limit = Math.min(limit, ConnectionTimer.in(READ_ON_NANOS));
      }
      timer.readsBy(limit);
      byte[] more = source.get();
      boolean tooLong = timer.readTooLong();
      if (tooLong || more == null) {
        requireSize(reader);
      }
      if (tooLong) {
        throw InvalidRequest.because(
            ProblemCode.REQUEST_TIMEOUT,
            "The head of the request took longer than " + limits.head() + ".");
      }
      if (more == null) {
        return null;
      }
      append(more);
    }
    RequestHead head = reader.head(piece, at);
    at += reader.length();
    return InvalidRequest.requireHost(head);
  }

  /**
   * Reads the head as far as it has come. One that is too large is read on for a while before it is
   * refused, for what it says of the page that sent it: a browser shows an answer only to pages
   * that the answer names (contract C43).
   *
   * @return whether it is complete
   */
  private boolean read(RequestHeadReader reader) {
    try {
      boolean complete = reader.read(piece, at, piece.length);
      int most = limits.maxTargetLength() + limits.maxHeadersSize() + MOST_READ_ON;
      if (complete || reader.length() > most) {
        requireSize(reader);
      }
      return complete;
    } catch (MalformedMessageException e) {
      throw InvalidRequest.because(e);
    }
  }

  private void requireSize(RequestHeadReader reader) {
    if (targetTooLong(reader)) {
      throw InvalidRequest.targetIsTooLong();
    }
    if (headersTooLarge(reader)) {
      throw InvalidRequest.headersAreTooLarge();
    }
  }

  private boolean targetTooLong(RequestHeadReader reader) {
    return reader.firstLineLength() > limits.maxTargetLength();
  }

  private boolean headersTooLarge(RequestHeadReader reader) {
    return reader.headersLength() > limits.maxHeadersSize();
  }

  /**
   * Which page sends the head that is at hand, though it is refused; as far as it was read. What is
   * found is good for nothing but the choice of an answer's CORS fields.
   */
  Optional<String> originAtHand() {
    String text = new String(piece, at, available(), StandardCharsets.ISO_8859_1);
    Matcher line = ORIGIN.matcher(text);
    return line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }

  /** Between two requests a connection is idle: it may end silently. */
  private boolean awaitFirstByte() {
    timer.readsBy(ConnectionTimer.in(limits.idle().toNanos()));
    byte[] first = source.get();
    if (timer.readTooLong() || first == null) {
      return false;
    }
    append(first);
    return true;
  }

  private boolean fill() throws ClientBodyException {
    while (at == piece.length) {
      timer.readsBy(ConnectionTimer.in(limits.body().toNanos()));
      byte[] more = source.get();
      if (timer.readTooLong()) {
        throw ClientBodyException.tooSlow();
      }
      if (more == null) {
        return false;
      }
      piece = more;
      at = 0;
    }
    return true;
  }

  private void append(byte[] more) {
    if (at == piece.length) {
      piece = more;
    } else {
      byte[] joined = Arrays.copyOfRange(piece, at, piece.length + more.length);
      System.arraycopy(more, 0, joined, piece.length - at, more.length);
      piece = joined;
    }
    at = 0;
  }
}
