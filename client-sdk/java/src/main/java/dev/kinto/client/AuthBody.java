package dev.kinto.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to {@code /auth}. A class of our own, since the factories of OkHttp 3 and
 * those of OkHttp 4 and 5 are not the same.
 */
final class AuthBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] bytes;

  /** JSON, or an empty body. */
  AuthBody(String json) {
    bytes = json.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable MediaType contentType() {
    return bytes.length == 0 ? null : JSON;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
  }
}
