package dev.kinto.gateway.http2;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Fields as they came, in their order. Netty, which sorts pseudo-header fields to the front and
 * rewrites lengths, sees none: what a request may have is judged where requests are read.
 */
final class FieldList extends DefaultHttp2Headers {
  private final List<Field> fields = new ArrayList<>(16);

  FieldList() {
    super(false);
  }

  List<Field> fields() {
    return fields;
  }

  /** What the HPACK decoder calls for each field. */
  @Override
  public Http2Headers add(CharSequence name, CharSequence value) {
    fields.add(new Field(text(name), text(value)));
    return this;
  }

  private static String text(CharSequence decoded) {
    AsciiString bytes = AsciiString.of(decoded);
    return new String(
        bytes.array(), bytes.arrayOffset(), bytes.length(), StandardCharsets.ISO_8859_1);
  }

  /** Fields to send; each character becomes one byte. */
  static Http2Headers outbound(List<Field> fields) {
    Http2Headers headers = new DefaultHttp2Headers(false, fields.size());
    for (Field field : fields) {
      headers.add(bytes(field.name()), bytes(field.value()));
    }
    return headers;
  }

  private static AsciiString bytes(String text) {
    return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
  }
}
