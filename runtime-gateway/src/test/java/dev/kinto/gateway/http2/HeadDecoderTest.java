package dev.kinto.gateway.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import org.junit.jupiter.api.Test;

/** A head is kept up to its greatest size, whatever its compressed size is (contract C29). */
class HeadDecoderTest {
  private static final int MOST = 16 * 1024;
  private static final int FIELD = 1 + 1000 + 32;

  /** The field "x" of 1,000 bytes, put in the table, and named again and again (RFC 7541, 6.1). */
  private static ByteBuf times(int count) {
    ByteBuf block = Unpooled.buffer();
    block.writeByte(0x40).writeByte(1).writeByte('x');
    block.writeByte(0x7F).writeByte(1000 - 127 & 0x7F | 0x80).writeByte(1000 - 127 >> 7);
    block.writeBytes("a".repeat(1000).getBytes());
    for (int i = 1; i < count; i++) {
      block.writeByte(0xBE);
    }
    return block;
  }

  @Test
  void whatFitsIsKept() throws Http2Exception {
    HeadDecoder decoder = new HeadDecoder(MOST);
    FieldList head = (FieldList) decoder.decodeHeaders(1, times(MOST / FIELD));
    assertEquals(MOST / FIELD, head.fields().size());
  }

  @Test
  void whatIsLargerIsNotAlsoBehindTheClientsAcknowledgement() throws Http2Exception {
    HeadDecoder decoder = new HeadDecoder(MOST);
    assertThrows(
        HeaderListSizeException.class, () -> decoder.decodeHeaders(1, times(MOST / FIELD + 1)));
    decoder.maxHeaderListSize(MOST, Integer.MAX_VALUE);
    assertThrows(
        HeaderListSizeException.class, () -> decoder.decodeHeaders(3, times(MOST / FIELD + 1)));
  }
}
