package dev.kinto.gateway.upstream;

import dev.kinto.gateway.wire.ClientBodyException;
import dev.kinto.gateway.wire.ClientRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * The client's body as HttpCore wants it: handed on as it arrives, a piece at a time (contract
 * C33).
 */
final class ClientBodyEntity extends AbstractHttpEntity {
  private static final int PIECE = 16 * 1024;

  private final ClientRequest client;
  private final Runnable abort;

  ClientBodyEntity(ClientRequest client, Runnable abort) {
    super((String) null, null, client.contentLength().isEmpty());
    this.client = client;
    this.abort = abort;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE];
    try {
      InputStream body = client.body();
      for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
        out.write(piece, 0, count);
        out.flush();
      }
    } catch (ClientBodyException e) {
      // HttpCore ends a chunked body properly even after an exception, which would make the part
      // that came look like the whole: the connection goes first.
      abort.run();
      throw e;
    }
  }

  @Override
  public InputStream getContent() {
    return client.body();
  }

  @Override
  public long getContentLength() {
    return client.contentLength().orElse(-1);
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void close() {}
}
