package dev.kinto.gateway.listen;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.http2.ClientStream;
import dev.kinto.gateway.http2.Http2Codec;
import dev.kinto.gateway.http2.Http2Limits;
import dev.kinto.gateway.http2.Reset;
import dev.kinto.gateway.listen.HttpServer.Listener;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection over which a client speaks HTTP/2. Its own thread reads, another one sends, and each
 * request has a virtual thread of its own.
 *
 * <p>A connection without a request ends after the idle time, whatever else comes over it.
 */
final class Http2Connection implements ClockedConnection, DrainedConnection {
  private static final System.Logger LOG = System.getLogger(Http2Connection.class.getName());
  private static final int MAX_STREAMS = 100;

  /** Requests go on for a moment when their client has given them up, and may send more already. */
  private static final int MOST_RUNNING = 2 * MAX_STREAMS;

  private static final int PIECE = 16 * 1024;

  /** How long the client may take to hang up once it was told to. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<byte @Nullable []> input;
  private final TimedWriter output;
  private final AcceptedConnections accepted;
  private final ConnectionTimer timer;
  private final Drain drain;
  private final Duration idle;
  private final Http2Exchange exchange;
  private final Http2Codec codec;

  // Guarded by this.
  private int running;
  private long idleLimit;
  private boolean lastStreamsCame;
  private @Nullable Thread reader;

  private Http2Connection(
      ConnectionContext helidon,
      ClientLimits limits,
      Http2Exchange exchange,
      AcceptedConnections accepted,
      Drain drain) {
    this.accepted = accepted;
    this.timer = accepted.timer(helidon);
    ClientSocket socket = new OwnThreadSocket(helidon);
    this.input = Peer.behindAnnouncement(helidon, socket);
    this.output = new TimedWriter(socket, timer, limits.write());
    this.drain = drain;
    this.idle = limits.idle();
    this.idleLimit = ConnectionTimer.in(idle.toNanos());
    this.exchange = exchange;
    // What a field takes besides its bytes is counted here too: that too finds room in what is read
    // on.
    int headSize =
        limits.maxTargetLength() + limits.maxHeadersSize() + ConnectionInput.MOST_READ_ON;
    this.codec = new Http2Codec(new Http2Limits(MAX_STREAMS, headSize), this::begin);
  }

  static Http2Connection of(
      ConnectionContext helidon,
      Listener listener,
      Dispatcher answers,
      AcceptedConnections accepted,
      Drain drain,
      LingeringClose linger) {
    Http2Exchange exchange =
        new Http2Exchange(
            answers, Peer.of(helidon, listener.announcers()), listener.limits(), linger);
    return new Http2Connection(helidon, listener.limits(), exchange, accepted, drain);
  }

  @Override
  public void handle(Limit unused) throws InterruptedException {
    Thread sender = Thread.ofVirtual().name("kinto-http2-sender").start(this::send);
    synchronized (this) {
      reader = Thread.currentThread();
    }
    drain.add(this);
    try {
      receive();
    } catch (RuntimeException e) {
      // Helidon reports a broken socket by several unchecked exceptions without a common type.
      LOG.log(Level.DEBUG, "A connection broke", e);
      codec.abort();
    } finally {
      drain.remove(this);
      sender.join();
    }
  }

  private void receive() throws InterruptedException {
    limitIdleTime();
    boolean wanted = true;
    byte[] bytes = input.get();
    boolean idleTooLong = timer.readTooLong();
    while (bytes != null && !idleTooLong) {
      // What comes behind the end is read off, so that closing does not reset the connection before
      // the client has read why.
      if (wanted) {
        wanted = codec.receive(bytes);
      }
      limitIdleTime();
      bytes = input.get();
      idleTooLong = timer.readTooLong();
    }
    if (idleTooLong) {
      codec.refuseStreams();
      codec.finish();
    } else {
      codec.abort();
    }
  }

  private void send() {
    byte[] piece = new byte[PIECE];
    try {
      for (int count = codec.take(piece); count >= 0; count = codec.take(piece)) {
        output.write(piece, 0, count);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "A connection broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      codec.abort();
      timer.endsBy(ConnectionTimer.in(LINGER_NANOS));
    }
  }

  /** Called by the reader, which must not wait for the request's answer. */
  private void begin(ClientStream stream) {
    synchronized (this) {
      if (running >= MOST_RUNNING) {
        stream.reset(Reset.REFUSED);
        return;
      }
      running++;
      timer.readTooLong();
    }
    Thread.ofVirtual().name("kinto-http2-stream").start(() -> answer(stream));
  }

  private void answer(ClientStream stream) {
    try {
      exchange.answer(stream);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A request failed", e);
      stream.reset(Reset.BROKEN);
    } finally {
      ended();
    }
  }

  private void ended() {
    boolean last;
    synchronized (this) {
      running--;
      if (running == 0) {
        idleLimit = ConnectionTimer.in(idle.toNanos());
        timer.readsBy(idleLimit);
      }
      last = running == 0 && lastStreamsCame;
    }
    if (last) {
      codec.finish();
    }
  }

  private synchronized void limitIdleTime() {
    if (running == 0) {
      timer.readsBy(idleLimit);
    }
  }

  @Override
  public void drainBegan() {
    codec.announceEnd();
  }

  @Override
  public void endIfIdleFor(Duration time, long nowNanos) {
    boolean first;
    synchronized (this) {
      first = !lastStreamsCame;
    }
    if (first) {
      codec.refuseStreams();
    }
    boolean last;
    synchronized (this) {
      lastStreamsCame = true;
      last = running == 0;
    }
    if (last) {
      codec.finish();
    }
  }

  @Override
  public AcceptedConnections accepted() {
    return accepted;
  }

  @Override
  public void abort() {
    codec.abort();
    synchronized (this) {
      if (reader != null) {
        reader.interrupt();
      }
    }
  }
}
