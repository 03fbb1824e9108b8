package dev.kinto.gateway.listen;

import dev.kinto.gateway.socket.EventLoop;
import dev.kinto.gateway.socket.EventLoops;
import dev.kinto.gateway.socket.LoopSocket;
import io.helidon.common.concurrency.limits.Limit;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has a connection served by an event loop, while the thread that Helidon has started for it waits
 * for its end.
 */
final class EventLoopConnection implements ClockedConnection {
  private static final System.Logger LOG = System.getLogger(EventLoopConnection.class.getName());

  private final EventLoops loops;
  private final ConnectionTimer timer;
  private final AcceptedConnections accepted;
  private final Function<ClientSocket, Http1Connection> connection;
  private volatile @Nullable Thread thread;
  private volatile @Nullable RuntimeException failure;

  /**
   * A connection that was accepted.
   *
   * @param timer knows its channel
   * @param connection what is spoken over it
   */
  EventLoopConnection(
      EventLoops loops,
      ConnectionTimer timer,
      AcceptedConnections accepted,
      Function<ClientSocket, Http1Connection> connection) {
    this.loops = loops;
    this.timer = timer;
    this.accepted = accepted;
    this.connection = connection;
  }

  @Override
  public void handle(Limit unused) throws InterruptedException {
    SocketChannel channel = timer.channel();
    if (channel == null) {
      return;
    }
    Thread serving = loops.serving("kinto-connection", () -> serve(channel));
    thread = serving;
    serving.start();
    try {
      serving.join();
    } catch (InterruptedException e) {
      serving.interrupt();
      serving.join();
      throw e;
    }
    RuntimeException told = failure;
    if (told != null) {
      throw told; // to Helidon, as from a thread of its own
    }
  }

  private void serve(SocketChannel channel) {
    EventLoop loop = Objects.requireNonNull(EventLoop.current());
    LoopSocket socket;
    try {
      socket = loop.socket(channel);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The client is gone", e);
      return;
    }
    timer.closesWith(socket::close);
    try {
      connection.apply(new EventLoopSocket(socket, loop)).serve();
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      socket.close();
    }
  }

  @Override
  public AcceptedConnections accepted() {
    return accepted;
  }

  @Override
  public void abort() {
    Thread serving = thread;
    if (serving != null) {
      serving.interrupt();
    }
  }
}
