package dev.kinto.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to one request, written straight to the connection (contract C33). It belongs to the
 * thread that made it: everything else that is written for the request, an interim answer, comes
 * from here too, and so before it (RFC 9110, section 15.2).
 *
 * <p>HEAD, 204 and 304 have no body, whatever is given here. The head of a stream leaves as soon as
 * the stream would block.
 */
public abstract class ClientResponse {
  private List<HeaderLine> always = List.of();
  private final Thread owner = Thread.currentThread();
  private boolean invited;
  private boolean started;
  private int status;
  private long bodyBytes;

  /**
   * Sets header lines that the answer carries whatever it will be, also if the request is refused.
   * Replaces those of an earlier call.
   */
  public final void always(List<HeaderLine> lines) {
    always = List.copyOf(lines);
  }

  /** All header lines of an answer. */
  protected final List<HeaderLine> lines(ResponseHead head) {
    if (always.isEmpty()) {
      return head.headers();
    }
    List<HeaderLine> lines = new ArrayList<>(head.headers().size() + always.size());
    lines.addAll(head.headers());
    lines.addAll(always);
    return VaryField.inOneLine(lines);
  }

  /** Whether anything was sent, so that no other answer can be given. */
  public final boolean started() {
    return started;
  }

  /**
   * Tells a client that waits for it to send the body of its request.
   *
   * @throws IllegalStateException if the answer was begun, or on any thread but the answer's
   */
  public final void invite() {
    requireOwner();
    requireUnstarted();
    invited = true;
    sendContinue();
  }

  /** Whether the client was told to send the body, and so may be doing it. */
  public final boolean invited() {
    return invited;
  }

  /** Sends {@code 100 Continue}. */
  protected abstract void sendContinue();

  /** To be called before the first byte is sent. */
  protected final void start() {
    requireOwner();
    started = true;
  }

  private void requireOwner() {
    if (!owner.equals(Thread.currentThread())) {
      throw new IllegalStateException("an answer is given by one thread");
    }
  }

  /** The status of the answer; 0 if none was begun. */
  public final int status() {
    return started ? status : 0;
  }

  /** How many bytes of the answer's body were sent, or were about to be. */
  public final long bodyBytes() {
    return bodyBytes;
  }

  /** To be called before a head is made. */
  protected final void answers(ResponseHead head) {
    requireUnstarted();
    status = head.status();
    bodyBytes = 0;
  }

  /** To be called for what is sent of a body that was at hand. */
  protected final void counts(int bytes) {
    bodyBytes += bytes;
  }

  private void requireUnstarted() {
    if (started) {
      throw new IllegalStateException("a request has one answer");
    }
  }

  /** Sends an answer whose body is at hand; its length is announced. */
  public abstract void send(ResponseHead head, byte[] body);

  /**
   * Sends an answer whose body is read from a stream, and closes the stream's last byte with it.
   *
   * @throws IOException if the stream broke before anything was sent: another answer can be given
   * @throws BrokenResponseException if it broke later: the client must be cut off
   */
  public abstract void send(ResponseHead head, InputStream body) throws IOException;

  protected final int read(InputStream body, byte[] buffer, int offset, int length)
      throws IOException {
    try {
      int count = body.read(buffer, offset, length);
      bodyBytes += Math.max(0, count);
      return count;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  protected final boolean moreAtHand(InputStream body) throws IOException {
    try {
      return body.available() > 0;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Before anything was sent the caller may answer otherwise, later nobody can. */
  protected final IOException broken(IOException cause) {
    if (started) {
      throw new BrokenResponseException(cause);
    }
    return cause;
  }

  protected final IOException endedEarly(long left) {
    return broken(new IOException("the upstream ended " + left + " bytes too early"));
  }
}
