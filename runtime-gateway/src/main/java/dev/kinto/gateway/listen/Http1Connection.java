package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.BrokenResponseException;
import dev.kinto.gateway.http1.RequestHead;
import dev.kinto.gateway.listen.HttpServer.Listener;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.schedule.TimeSlice;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.ConnectionContext;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection over which a client speaks HTTP/1.1: one request after the other, on one virtual
 * thread.
 */
final class Http1Connection implements ClockedConnection, DrainedConnection {
  private static final System.Logger LOG = System.getLogger(Http1Connection.class.getName());

  private final ConnectionInput input;
  private final Http1Exchange exchange;
  private final AcceptedConnections accepted;
  private final Drain drain;
  private volatile @Nullable Thread thread;

  /** Since when the next request is waited for; 0 while there is one. Guarded by this. */
  private long waitsSinceNanos;

  /** It was about to end, for it waited for too long. Guarded by this. */
  private boolean endsAsIdle;

  private Http1Connection(
      ConnectionInput input, Http1Exchange exchange, AcceptedConnections accepted, Drain drain) {
    this.input = input;
    this.exchange = exchange;
    this.accepted = accepted;
    this.drain = drain;
  }

  static Http1Connection of(
      ConnectionContext helidon,
      ClientSocket socket,
      Peer peer,
      Listener listener,
      Dispatcher answers,
      AcceptedConnections accepted,
      Drain drain,
      LingeringClose linger) {
    ConnectionTimer timer = accepted.timer(helidon);
    WatchedInput watched =
        new WatchedInput(Peer.behindAnnouncement(helidon, socket), socket::start);
    ConnectionInput input =
        new ConnectionInput(watched, timer, listener.limits(), listener.http10());
    Http1Exchange exchange =
        new Http1Exchange(
            answers,
            peer,
            input,
            watched,
            new TimedWriter(socket, timer, listener.limits().write()),
            listener.limits().maxBodySize(),
            drain,
            linger);
    return new Http1Connection(input, exchange, accepted, drain);
  }

  @Override
  public void handle(Limit unused) {
    serve();
  }

  /** Answers requests on the calling thread until the connection ends. */
  void serve() {
    thread = Thread.currentThread();
    drain.add(this);
    // A client that does not wait for its answers may keep a thread busy that never waits either.
    TimeSlice slice = new TimeSlice();
    try {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = answerNext();
        slice.used(0);
      }
    } catch (SocketWriterException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "The client is gone", e);
    } catch (BrokenResponseException e) {
      LOG.log(Level.DEBUG, "An answer broke off, and its connection ends with it", e);
    } finally {
      drain.remove(this);
    }
  }

  /** Has the next request answered; says whether another one may come. */
  private boolean answerNext() {
    // A request that begins with what came behind the last one is not waited for.
    waits(input.available() > 0 ? 0 : System.nanoTime() | 1);
    RequestHead head;
    try {
      head = input.readHead(this::requestBegins);
    } catch (Refusal refusal) {
      exchange.refuse(refusal);
      return false;
    }
    return head != null && exchange.answer(head);
  }

  private synchronized void waits(long sinceNanos) {
    waitsSinceNanos = sinceNanos;
  }

  /** A request that came at the last moment is answered, and not with what was meant for nobody. */
  private synchronized void requestBegins() {
    waitsSinceNanos = 0;
    if (endsAsIdle) {
      endsAsIdle = false;
      boolean _ = Thread.interrupted();
    }
  }

  /** Each answer ends its connection then, and says so. */
  @Override
  public void drainBegan() {}

  @Override
  public synchronized void endIfIdleFor(Duration time, long nowNanos) {
    if (waitsSinceNanos != 0 && nowNanos - waitsSinceNanos >= time.toNanos()) {
      endsAsIdle = true;
      abort();
    }
  }

  @Override
  public AcceptedConnections accepted() {
    return accepted;
  }

  @Override
  public void abort() {
    Thread reader = thread;
    if (reader != null) {
      reader.interrupt();
    }
  }
}
