package dev.kinto.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.concurrent.TimeUnit;

/** Counts the frames that ask for nothing, also those of unknown types, and passes all on. */
final class CountedFrames extends Http2FrameListenerDecorator {
  /** Enough for clients that measure the line with pings, little work for us. */
  private final FrameBudget idle = new FrameBudget("frames", 10_000, TimeUnit.SECONDS.toNanos(10));

  CountedFrames(Http2FrameListener frames) {
    super(frames);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
      throws Http2Exception {
    idle.spend();
    super.onSettingsRead(context, settings);
  }

  @Override
  public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
    idle.spend();
    super.onSettingsAckRead(context);
  }

  @Override
  public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
    idle.spend();
    super.onPingRead(context, data);
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext context, long data) throws Http2Exception {
    idle.spend();
    super.onPingAckRead(context, data);
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext context, int streamId, int dependency, short weight, boolean exclusive)
      throws Http2Exception {
    idle.spend();
    super.onPriorityRead(context, streamId, dependency, weight, exclusive);
  }

  @Override
  public void onGoAwayRead(
      ChannelHandlerContext context, int lastStreamId, long errorCode, ByteBuf debugData)
      throws Http2Exception {
    idle.spend();
    super.onGoAwayRead(context, lastStreamId, errorCode, debugData);
  }

  @Override
  public void onUnknownFrame(
      ChannelHandlerContext context, byte type, int streamId, Http2Flags flags, ByteBuf payload)
      throws Http2Exception {
    idle.spend();
    super.onUnknownFrame(context, type, streamId, flags, payload);
  }
}
