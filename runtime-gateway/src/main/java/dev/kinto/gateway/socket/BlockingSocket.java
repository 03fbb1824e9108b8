package dev.kinto.gateway.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A socket whose waits are the JDK's. */
public final class BlockingSocket implements StreamSocket {
  private final SocketChannel channel;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /** Over a channel that blocks. */
  public BlockingSocket(SocketChannel channel) throws IOException {
    this(channel, channel.socket());
  }

  /**
   * Over what is spoken over a channel.
   *
   * @param socket reads from and writes to the channel, over TLS perhaps
   */
  public BlockingSocket(SocketChannel channel, Socket socket) throws IOException {
    this.channel = channel;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return in.read(bytes, offset, length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  public void readTimeout(Duration timeout) throws IOException {
    socket.setSoTimeout(
        timeout.isZero() ? 0 : Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
  }

  @Override
  public boolean silent() {
    try {
      if (!socket.equals(channel.socket()) && in.available() > 0) {
        return false;
      }
      channel.configureBlocking(false);
      int count = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return count == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public void reset() {
    try {
      // First, for closing TLS would wait for a thread that writes.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    } catch (IOException e) {
      // It is closed already.
    }
    close();
  }
}
