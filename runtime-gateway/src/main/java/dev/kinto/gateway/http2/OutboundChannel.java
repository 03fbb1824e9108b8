package dev.kinto.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;

/**
 * Netty's end of a connection that is not Netty's: bytes are put in by who reads the socket, and
 * taken out by who writes to it.
 *
 * <p>What nobody has taken yet stays in Netty's own outbound buffer. So Netty knows how much that
 * is, passes on no more of the streams' data than fits, and learns that a frame was sent when it
 * was.
 */
final class OutboundChannel extends EmbeddedChannel {
  private byte[] taken = {};
  private int takenLength;

  OutboundChannel(ChannelHandler handler) throws Exception {
    super(false, false, handler);
    // The caches of Netty's other allocators belong to threads, of which we have millions.
    config().setAllocator(new UnpooledByteBufAllocator(false));
    register();
  }

  /** Puts bytes of the client in. */
  void receive(byte[] bytes) {
    writeInbound(Unpooled.wrappedBuffer(bytes));
  }

  /**
   * Takes bytes that are to be sent.
   *
   * @return how many; 0 if there are none now
   */
  int take(byte[] into) {
    taken = into;
    takenLength = 0;
    try {
      flush();
      return takenLength;
    } finally {
      taken = new byte[0];
      runPendingTasks();
    }
  }

  /** How many bytes wait to be taken. */
  long waiting() {
    ChannelOutboundBuffer buffer = unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** Whether nothing waits to be taken. */
  boolean isEmpty() {
    ChannelOutboundBuffer buffer = unsafe().outboundBuffer();
    return buffer == null || buffer.isEmpty();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer buffer) {
    // A field of this class is null while the super class is constructed.
    while (taken != null && takenLength < taken.length) {
      ByteBuf next = (ByteBuf) buffer.current();
      if (next == null) {
        return;
      }
      int count = Math.min(next.readableBytes(), taken.length - takenLength);
      next.readBytes(taken, takenLength, count);
      takenLength += count;
      if (!next.isReadable()) {
        buffer.remove();
      }
    }
  }
}
