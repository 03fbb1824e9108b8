package dev.kinto.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says in HTTP/2 what a text says in HTTP/1.1. Names are in lower case, as every client has them,
 * and fields of the connection are left out; nothing else is changed.
 */
final class Http2TextClient {
  private final Http2Client client;

  private Http2TextClient(Http2Client client) {
    this.client = client;
  }

  static Http2TextClient to(URI address) throws IOException {
    return new Http2TextClient(Http2Client.to(address));
  }

  RawAnswer exchange(String request) throws IOException {
    int headEnd = request.indexOf("\r\n\r\n");
    List<String> lines = List.of(request.substring(0, headEnd).split("\r\n", -1));
    String line = lines.getFirst();
    List<String> fields =
        new ArrayList<>(
            List.of(
                ":method",
                line.substring(0, line.indexOf(' ')),
                ":path",
                line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' ')),
                ":scheme",
                "https"));
    boolean chunked = false;
    List<String> rest = new ArrayList<>();
    for (String header : lines.subList(1, lines.size())) {
      String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
      String value = header.substring(header.indexOf(':') + 1).strip();
      switch (name) {
        case "host" -> fields.addAll(List.of(":authority", value));
        case "transfer-encoding" -> chunked = true;
        case "connection" -> {}
        default -> rest.addAll(List.of(name, value));
      }
    }
    fields.addAll(rest);
    return exchange(fields.toArray(String[]::new), request.substring(headEnd + 4), chunked);
  }

  private RawAnswer exchange(String[] fields, String body, boolean chunked) throws IOException {
    int stream = client.open(body.isEmpty(), fields);
    if (chunked) {
      int last = body.indexOf("\r\n0\r\n");
      client.data(stream, false, body.substring(body.indexOf("\r\n") + 2, last));
      client.frame(
          Http2Client.HEADERS,
          Http2Client.END_HEADERS | Http2Client.END_STREAM,
          stream,
          Http2Client.block(trailers(body.substring(last + 5))));
    } else if (!body.isEmpty()) {
      client.data(stream, true, body);
    }
    return client.answer(stream);
  }

  private static String[] trailers(String text) {
    return text.lines()
        .filter(line -> !line.isEmpty())
        .flatMap(
            line ->
                List.of(
                    line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                    line.substring(line.indexOf(':') + 1).strip())
                    .stream())
        .toArray(String[]::new);
  }

  void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
