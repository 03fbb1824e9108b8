package dev.kinto.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One connection: who reads the socket gives its bytes to {@link #receive}, who writes to it gets
 * them from {@link #take}, each on a thread of its own, so that neither waits for the other.
 * Requests come as streams, which any thread may use.
 */
public final class Http2Codec {
  /** With so many bytes unsent, nothing more is read: the client reads none of what it asks for. */
  private static final int MOST_WAITING = 256 * 1024;

  private static final long ALL_STREAMS = Integer.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition drained = lock.newCondition();
  private final Consumer<ClientStream> onRequest;
  private final ConnectionHandler handler;
  private final PropertyKey key;
  private final ChannelHandlerContext context;
  private final OutboundChannel channel;
  private boolean closing;

  /**
   * Begins the server's side of a connection.
   *
   * @param onRequest is called for each request, and must not wait for anything
   */
  public Http2Codec(Http2Limits limits, Consumer<ClientStream> onRequest) {
    this.onRequest = onRequest;
    Frames frames = new Frames(this);
    this.handler = ConnectionHandler.of(limits, frames);
    this.key = handler.connection().newKey();
    handler.connection().addListener(frames);
    try {
      this.channel = new OutboundChannel(handler);
      this.context = channel.pipeline().context(handler);
      handler
          .connection()
          .local()
          .flowController()
          .incrementWindowSize(
              handler.connection().connectionStream(),
              Http2Limits.CONNECTION_WINDOW - Http2Limits.DEFAULT_WINDOW);
      channel.flush();
    } catch (Exception e) {
      throw new IllegalStateException("HTTP/2 cannot begin", e);
    }
  }

  /**
   * Takes bytes that the client sent. Waits while the client does not read what it is sent.
   *
   * @return whether more is wanted; if not, {@link #take} still gives what is to be sent
   */
  public boolean receive(byte[] bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (channel.isOpen() && channel.waiting() > MOST_WAITING) {
        drained.await();
      }
      if (channel.isOpen()) {
        channel.receive(bytes);
        sent();
      }
      return channel.isOpen();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives bytes that are to be sent; waits for them.
   *
   * @return how many; -1 if there will be no more
   */
  public int take(byte[] into) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        int count = channel.isOpen() ? channel.take(into) : 0;
        if (count > 0) {
          drained.signalAll();
          return count;
        }
        if (closing || !channel.isOpen()) {
          drained.signalAll();
          return -1;
        }
        filled.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Asks the client to begin no more streams; those that are on their way may still come. */
  public void announceEnd() {
    goAway(ALL_STREAMS);
  }

  /** Takes no more streams (RFC 9113, section 6.8). */
  public void refuseStreams() {
    goAway(-1);
  }

  private void goAway(long lastStream) {
    lock.lock();
    try {
      if (channel.isOpen()) {
        int last =
            lastStream < 0 ? handler.connection().remote().lastStreamCreated() : (int) lastStream;
        ChannelFuture _ =
            handler.goAway(context, last, 0, Unpooled.EMPTY_BUFFER, context.newPromise());
        sent();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the connection as soon as what is to be sent was taken. */
  public void finish() {
    lock.lock();
    try {
      closing = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the connection and all its streams at once. */
  public void abort() {
    lock.lock();
    try {
      closing = true;
      ChannelFuture _ = channel.close();
      channel.runPendingTasks();
      filled.signalAll();
      drained.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // What the streams need.

  ReentrantLock lock() {
    return lock;
  }

  // What cannot be written ends its stream or the connection; Netty's handler sees to that.

  void writeHead(Http2Stream stream, List<Field> head, boolean last) {
    ChannelFuture _ =
        handler
            .encoder()
            .writeHeaders(
                context, stream.id(), FieldList.outbound(head), 0, last, context.newPromise());
  }

  void writeData(Http2Stream stream, ByteBuf data, boolean last, Runnable onTaken) {
    ChannelFuture _ =
        handler
            .encoder()
            .writeData(
                context,
                stream.id(),
                data,
                0,
                last,
                context.newPromise().addListener(_ -> onTaken.run()));
  }

  void writeReset(Http2Stream stream, Http2Error error) {
    ChannelFuture _ =
        handler.encoder().writeRstStream(context, stream.id(), error.code(), context.newPromise());
  }

  Http2Connection connection() {
    return handler.connection();
  }

  PropertyKey key() {
    return key;
  }

  void opened(ClientStream stream) {
    onRequest.accept(stream);
  }

  void limitTable(long most) throws Http2Exception {
    handler.encoder().configuration().headersConfiguration().maxHeaderTableSize(most);
  }

  /** Something was written: whatever can go goes. */
  void sent() {
    channel.flush();
    channel.runPendingTasks();
    if (!channel.isOpen() || !channel.isEmpty()) {
      filled.signal();
    }
  }
}
