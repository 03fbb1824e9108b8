package dev.kinto.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Netty's handler of a connection with our limits, which leaves large heads to be answered. */
final class ConnectionHandler extends Http2ConnectionHandler {
  private static final int RESETS = 200;
  private static final int RESET_SECONDS = 30;
  private static final int SMALL_CONTINUATIONS = 16;

  /** What must not be learnt by guessing what compresses well (RFC 7541, section 7.1). */
  private static final Set<String> SECRET = Set.of("kinto-token", "set-cookie");

  /** A client can make us reset streams by what it sends on them (CVE-2025-55163). */
  private final FrameBudget streamErrors =
      new FrameBudget("stream errors", RESETS, TimeUnit.SECONDS.toNanos(RESET_SECONDS));

  private final Frames frames;
  private boolean failed;

  private ConnectionHandler(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      Frames frames) {
    super(decoder, encoder, settings, true, true);
    this.frames = frames;
  }

  static ConnectionHandler of(Http2Limits limits, Frames frames) {
    Http2Connection connection = new DefaultHttp2Connection(true);
    // Priorities of RFC 7540 are a tree that clients can make us work on; RFC 9113 dropped them.
    connection
        .remote()
        .flowController(
            new DefaultHttp2RemoteFlowController(
                connection, new UniformStreamByteDistributor(connection)));
    Http2ConnectionEncoder encoder =
        new DefaultHttp2ConnectionEncoder(
            connection,
            new DefaultHttp2FrameWriter((name, _) -> SECRET.contains(name.toString()), true));
    Http2ConnectionDecoder decoder =
        new DefaultHttp2ConnectionDecoder(
            connection,
            encoder,
            new DefaultHttp2FrameReader(
                new HeadDecoder(limits.maxHeadSize()), SMALL_CONTINUATIONS));
    return new Builder(limits, decoder, encoder, frames).build();
  }

  /** Behind an error of the connection nothing is read any more. */
  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (failed) {
      in.skipBytes(in.readableBytes());
    } else {
      super.decode(context, in, out);
    }
  }

  /** Netty would close at once at a second error, with the frame that tells of the first unsent. */
  @Override
  protected void onConnectionError(
      ChannelHandlerContext context,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception error) {
    if (!failed) {
      failed = true;
      super.onConnectionError(context, outbound, cause, error);
    }
  }

  /**
   * A head that is too large gets an answer like any other request; its fields are lost. Whatever
   * else is wrong with one stream resets it.
   */
  @Override
  protected void onStreamError(
      ChannelHandlerContext context, boolean outbound, Throwable cause, StreamException error) {
    try {
      if (!outbound) {
        streamErrors.spend();
      }
      if (error instanceof HeaderListSizeException large
          && large.duringDecode()
          && connection().stream(error.streamId()) == null) {
        Http2Stream stream = connection().remote().createStream(error.streamId(), false);
        stream.headersReceived(false);
        frames.opened(stream, null, true);
        return;
      }
    } catch (StreamException e) {
      // Not a stream that may be created: reset below.
    } catch (Http2Exception e) {
      onConnectionError(context, outbound, e, e);
      return;
    }
    super.onStreamError(context, outbound, cause, error);
  }

  /** Of trailers, whose stream is reset. */
  @Override
  protected void handleServerHeaderDecodeSizeError(
      ChannelHandlerContext context, Http2Stream stream) {}

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<ConnectionHandler, Builder> {
    private final Frames frames;

    Builder(
        Http2Limits limits,
        Http2ConnectionDecoder decoder,
        Http2ConnectionEncoder encoder,
        Frames frames) {
      this.frames = frames;
      codec(decoder, encoder);
      frameListener(new CountedFrames(frames));
      initialSettings(
          new Http2Settings()
              .maxConcurrentStreams(limits.maxStreams())
              .initialWindowSize(Http2Limits.STREAM_WINDOW)
              .maxHeaderListSize(limits.maxHeadSize()));
    }

    @Override
    protected ConnectionHandler build() {
      return super.build();
    }

    @Override
    protected ConnectionHandler build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new ConnectionHandler(decoder, encoder, settings, frames);
    }
  }
}
