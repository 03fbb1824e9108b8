package dev.kinto.examples.walk;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/** Prints the walk: what it is about, and each request and answer as they are on the wire. */
final class Transcript {
  private static final int WIDTH = 96;
  private static final int LONGEST_BODY = 700;

  /** Even here: what gets printed gets into logs. */
  private static final Set<String> SECRET = Set.of("kinto-authorization", "kinto-token");

  /** What every exchange has and nobody wants to read. */
  private static final Set<String> DULL =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "date",
          "host",
          "keep-alive",
          "transfer-encoding",
          "user-agent");

  private final PrintStream out;
  private int steps;

  Transcript(PrintStream out) {
    this.out = out;
  }

  /** Begins a step with a sentence for whoever is new here. */
  void step(String sentence) {
    steps++;
    StringBuilder line = new StringBuilder(steps + ".");
    out.println();
    for (String word : List.of(sentence.split(" ", -1))) {
      if (line.length() + word.length() >= WIDTH) {
        out.println(line);
        line = new StringBuilder("  ");
      }
      line.append(' ').append(word);
    }
    out.println(line);
    out.println();
  }

  /** Reads an answer, and shows its body; the rest was shown when it came in. */
  Answer answer(Response response) throws IOException {
    String body = response.peekBody(1 << 20).string();
    if (!body.isEmpty()) {
      boolean isLong = body.length() > LONGEST_BODY;
      out.println("   < " + hideToken(isLong ? body.substring(0, LONGEST_BODY) + " ..." : body));
    }
    return new Answer(response.code(), response.headers(), body);
  }

  /** Shows what OkHttp sends and receives: what the SDK adds, too. */
  EventListener onTheWire() {
    return new EventListener() {
      @Override
      public void requestHeadersEnd(Call call, Request request) {
        out.println("   > " + request.method() + " " + request.url());
        print("   > ", request.headers());
        RequestBody body = request.body();
        if (body != null) {
          printBody(body);
        }
      }

      @Override
      public void responseHeadersEnd(Call call, Response response) {
        out.println("   < " + (response.code() + " " + response.message()).strip());
        print("   < ", response.headers());
      }
    };
  }

  private void print(String margin, Headers headers) {
    headers.forEach(
        header -> {
          String name = header.getFirst().toLowerCase(Locale.ROOT);
          if (!DULL.contains(name)) {
            String value = header.getSecond();
            boolean secret = SECRET.contains(name);
            out.println(margin + header.getFirst() + ": " + (secret ? shortened(value) : value));
          }
        });
  }

  private void printBody(RequestBody body) {
    try (Buffer buffer = new Buffer()) {
      body.writeTo(buffer);
      if (buffer.size() > 0) {
        out.println("   > " + buffer.readUtf8().replaceAll("(\"clientSecret\":\")[^\"]*", "$1..."));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shortened(String value) {
    return value.length() > 40 ? value.substring(0, 14) + "..." : value;
  }

  private static String hideToken(String body) {
    return body.replaceAll("(\"token\":\\s*\"[^\"]{0,7})[^\"]*", "$1...");
  }
}
