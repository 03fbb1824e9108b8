package dev.kinto.gateway.http2;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Decodes heads up to a greatest size, name and value and 32 bytes for each field (RFC 9113,
 * section 6.5.2).
 *
 * <p>A larger head is read to its end, so that its stream alone is refused and the others go on,
 * but its fields are not kept: a few bytes may name a large field of the dynamic table again and
 * again. One whose compressed form is four times too large ends the connection.
 */
final class HeadDecoder extends DefaultHttp2HeadersDecoder {
  private static final int END_OF_PATIENCE = 4;

  HeadDecoder(long maxSize) {
    super(false, maxSize);
    try {
      maxHeaderListSize(maxSize, maxSize);
    } catch (Http2Exception e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Also called when the client has acknowledged the settings, with Netty's own idea of patience.
   */
  @Override
  public void maxHeaderListSize(long max, long unused) throws Http2Exception {
    super.maxHeaderListSize(max, END_OF_PATIENCE * max);
  }

  @Override
  protected Http2Headers newHeaders() {
    return new FieldList();
  }
}
