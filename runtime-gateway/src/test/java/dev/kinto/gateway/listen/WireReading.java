package dev.kinto.gateway.listen;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.http.ClientBodyException;
import dev.kinto.gateway.http.RequestBody;
import dev.kinto.gateway.http1.ChunkedBody;
import dev.kinto.gateway.http1.CountedBody;
import dev.kinto.gateway.http1.RequestHead;
import dev.kinto.gateway.problem.Refusal;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the gateway reads from the bytes of a connection, one entry for each request, the last for
 * what ends it: {@code end}, {@code refused <code>} for a head, {@code broken} for a body. Text is
 * ISO 8859-1.
 *
 * @param heads of the requests
 * @param events what was read, as texts that can be compared
 */
record WireReading(List<RequestHead> heads, List<String> events) {

  /** Reads bytes that come all at once. */
  static WireReading whole(byte[] bytes) {
    return of(List.of(bytes));
  }

  /** Reads bytes that come in pieces of this size. */
  static WireReading inPiecesOf(int size, byte[] bytes) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += size) {
      pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return of(pieces);
  }

  /** Reads bytes that come in two pieces. */
  static WireReading splitAt(int place, byte[] bytes) {
    return of(List.of(Arrays.copyOf(bytes, place), Arrays.copyOfRange(bytes, place, bytes.length)));
  }

  private static WireReading of(List<byte[]> pieces) {
    Iterator<byte[]> coming = pieces.stream().filter(piece -> piece.length > 0).iterator();
    ConnectionInput input =
        new ConnectionInput(
            () -> coming.hasNext() ? coming.next() : null,
            ConnectionTimer.ofNone(),
            ClientLimits.DEFAULT,
            false);
    WireReading reading = new WireReading(new ArrayList<>(), new ArrayList<>());
    try {
      for (RequestHead head = next(input); head != null; head = next(input)) {
        reading.heads.add(head);
        byte[] body = readAll(body(head, input).open());
        reading.events.add(
            head.method()
                + " "
                + head.target()
                + " "
                + head.lines().stream().map(line -> line.name() + "=" + line.value()).toList()
                + " "
                + new String(body, StandardCharsets.ISO_8859_1));
      }
      reading.events.add("end");
    } catch (Refusal e) {
      reading.events.add("refused " + e.code().code());
    } catch (ClientBodyException e) {
      reading.events.add("broken");
    }
    return reading;
  }

  private static RequestHead next(ConnectionInput input) {
    return input.readHead(() -> {});
  }

  private static RequestBody body(RequestHead head, ConnectionInput input) {
    if (!head.hasBody()) {
      return RequestBody.none();
    }
    InputStream source =
        head.contentLength().isEmpty()
            ? new ChunkedBody(input, ClientBodyException::new)
            : new CountedBody(input, head.contentLength().getAsLong(), ClientBodyException::new);
    return RequestBody.of(source, () -> false, () -> {}, OptionalLong.empty());
  }

  private static byte[] readAll(InputStream body) throws ClientBodyException {
    try {
      return body.readAllBytes();
    } catch (ClientBodyException e) {
      throw e;
    } catch (java.io.IOException e) {
      throw new AssertionError("only the client's failures are expected", e);
    }
  }

  /** How it ended. */
  String last() {
    return events.getLast();
  }
}
