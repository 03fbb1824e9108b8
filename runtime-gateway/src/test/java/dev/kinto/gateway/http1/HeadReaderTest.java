package dev.kinto.gateway.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.http.HeaderLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of both legs are read the same however they come, and refused for the same reasons. */
class HeadReaderTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\n";

  /** Reads a head that comes in two pieces, the second one at another place; null if it is open. */
  private static List<HeaderLine> read(HeadReader reader, byte[] head, int cut)
      throws MalformedMessageException {
    boolean early = reader.read(Arrays.copyOf(head, cut), 0, cut);
    assertEquals(cut == head.length, early, "complete at its last byte only");
    byte[] moved = new byte[head.length + 7];
    System.arraycopy(head, 0, moved, 7, head.length);
    assertTrue(early || reader.read(moved, 7, moved.length));
    assertEquals(head.length, reader.length());
    return reader.lines(moved, 7);
  }

  private static List<String> texts(List<HeaderLine> lines) {
    List<String> texts = new ArrayList<>();
    for (HeaderLine line : lines) {
      byte[] written = new byte[line.length()];
      line.copyTo(written, 0);
      assertEquals(
          line.name() + ": " + line.value(), new String(written, StandardCharsets.ISO_8859_1));
      texts.add(line.lowerCaseName() + "|" + line.name() + "|" + line.value());
    }
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static Stream<String> heads() {
    return Stream.of(
        "",
        "Content-Type: text/plain\r\n",
        "X-A:b\r\nx-a: \t b c \t\r\nX-A:\r\n",
        "Content-Length: 000\r\n",
        "TRANSFER-ENCODING: Chunked\r\n",
        "Name: J\u00fcrgen\u0080\u00ff\r\n",
        "X-Long: " + "y".repeat(3000) + "\r\n",
        "a: 1\r\n".repeat(100));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void headIsReadTheSameCutAtEveryPlace(String fields) throws MalformedMessageException {
    byte[] request = bytes(REQUEST + fields + "\r\n");
    byte[] answer = bytes(ANSWER + fields + "\r\n");
    List<String> whole = texts(read(new RequestHeadReader(false), request, request.length));
    assertEquals("host|Host|h", whole.getFirst());
    for (int cut = 0; cut < request.length; cut++) {
      assertEquals(whole, texts(read(new RequestHeadReader(false), request, cut)));
    }
    for (int cut = 0; cut < answer.length; cut++) {
      assertEquals(
          whole.subList(1, whole.size()), texts(read(new ResponseHeadReader(), answer, cut)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " folded: x\r\n",
        "A: b\r\n c\r\n",
        "A: b\r\n\tc\r\n",
        "A : b\r\n",
        "A\t: b\r\n",
        ": b\r\n",
        "A\r\n",
        "A b: c\r\n",
        "A(: c\r\n",
        "\u00c4: c\r\n",
        "A: b\n",
        "A: b\rC: d\r\n",
        "A: b\r\r\n",
        "A: b\u0000\r\n",
        "A: b\u001f\r\n",
        "A: b\u007f\r\n",
        "\u0000A: b\r\n",
        "Content-Length: +1\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x1\r\n",
        "Content-Length: 1,1\r\n",
        "Content-Length: 1 1\r\n",
        "Content-Length:\r\n",
        "Content-Length: 9999999999999999999\r\n",
        "Content-Length: 1\r\nContent-Length: 1\r\n",
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\ncontent-length: 1\r\n",
        "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, gzip\r\n",
        "Transfer-Encoding: chunked;a=b\r\n",
        "Transfer-Encoding: \u000bchunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      })
  void ambiguousHeadIsRefusedOnBothLegsHoweverItComes(String fields) {
    refused(() -> new RequestHeadReader(false), REQUEST + fields + "\r\n");
    refused(() -> new RequestHeadReader(true), REQUEST + fields + "\r\n");
    refused(ResponseHeadReader::new, ANSWER + fields + "\r\n");
  }

  private static void refused(Supplier<HeadReader> readers, String text) {
    byte[] head = bytes(text);
    String whole =
        assertThrows(
                MalformedMessageException.class, () -> readers.get().read(head, 0, head.length))
            .reason();
    HeadReader byteByByte = readers.get();
    assertEquals(
        whole,
        assertThrows(
                MalformedMessageException.class,
                () -> {
                  for (int end = 1; end <= head.length; end++) {
                    assertFalse(byteByByte.read(head, 0, end));
                  }
                })
            .reason());
  }

  /** A name as it came is kept, whether it is one of the usual ones or not. */
  @Test
  void namesKeepTheirSpelling() throws MalformedMessageException {
    byte[] head = bytes(ANSWER + "sEt-COOKIE: a=b\r\nX-Own_Name.1: c\r\n\r\n");
    assertEquals(
        List.of("set-cookie|sEt-COOKIE|a=b", "x-own_name.1|X-Own_Name.1|c"),
        texts(read(new ResponseHeadReader(), head, head.length)));
  }

  @Test
  void answerHasBoundedLinesAndLineCounts() throws MalformedMessageException {
    byte[] most = bytes(ANSWER + "a: 1\r\n".repeat(256) + "\r\n");
    assertTrue(new ResponseHeadReader().read(most, 0, most.length));
    refused(ResponseHeadReader::new, ANSWER + "a: 1\r\n".repeat(257) + "\r\n");
    refused(ResponseHeadReader::new, ANSWER + "a: " + "1".repeat(64 * 1024) + "\r\n\r\n");
    refused(ResponseHeadReader::new, "HTTP/1.1 200 " + "1".repeat(64 * 1024) + "\r\n\r\n");
  }
}
