package dev.kinto.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the frames of a connection to its streams. Called with the connection's lock. */
final class Frames extends Http2EventAdapter {
  /** How large the table of our encoder may become; a client may wish it larger (RFC 7541, 4.2). */
  private static final int MOST_TABLE_SIZE = 4096;

  private final Http2Codec codec;

  Frames(Http2Codec codec) {
    this.codec = codec;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int streamId,
      Http2Headers headers,
      int padding,
      boolean endOfStream) {
    Http2Stream stream = codec.connection().stream(streamId);
    ClientStream known = known(stream);
    if (known == null) {
      opened(stream, ((FieldList) headers).fields(), !endOfStream);
    } else {
      // Trailers, which nobody wants (contract C35); Netty lets them come at the end only.
      known.endInput();
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int streamId,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream) {
    onHeadersRead(context, streamId, headers, padding, endOfStream);
  }

  /** A request has come; without fields if they were too large. */
  void opened(Http2Stream stream, @Nullable List<Field> fields, boolean hasBody) {
    ClientStream ours = new ClientStream(codec, stream, fields, hasBody);
    stream.setProperty(key(), ours);
    codec.opened(ours);
  }

  /** The bytes are given back when they are read; padding at once. */
  @Override
  public int onDataRead(
      ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean endOfStream) {
    ClientStream ours = known(codec.connection().stream(streamId));
    int done = padding;
    if (ours == null) {
      done += data.readableBytes();
    } else {
      ours.received(data, endOfStream);
    }
    return done;
  }

  /** Netty calls this for every stream that ends, however it does. */
  @Override
  public void onStreamClosed(Http2Stream stream) {
    ClientStream ours = known(stream);
    if (ours != null) {
      ours.closed();
    }
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
      throws Http2Exception {
    Long wished = settings.headerTableSize();
    if (wished != null && wished > MOST_TABLE_SIZE) {
      codec.limitTable(MOST_TABLE_SIZE);
    }
  }

  private @Nullable ClientStream known(@Nullable Http2Stream stream) {
    return stream == null ? null : stream.getProperty(key());
  }

  private PropertyKey key() {
    return codec.key();
  }
}
