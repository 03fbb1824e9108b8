package dev.kinto.gateway.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is read of a connection's bytes (contract C35; RFC 9112), and that it does not depend on how
 * the bytes are cut into pieces: each example comes whole, byte by byte, and cut in two at every
 * place.
 */
class RequestReadingTest {
  private static final String HOST = "Host: h\r\n";
  private static final String INVALID = "refused request-invalid";

  static Stream<Arguments> accepted() {
    return Stream.of(
        of("GET / HTTP/1.1\r\n" + HOST + "\r\n", "GET / [Host=h] ", "end"),
        of("", "end"),
        of("GET / HTTP/1.1\r\n", "end"),
        of("GET / HTTP/1.1\r\n" + HOST + "\r", "end"),
        of("\r\n", "end"),
        of("\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n", "GET / [Host=h] ", "end"),
        of(
            "a!#$%&'*+.^_`|~ /* HTTP/1.1\r\n" + HOST + "\r\n",
            "a!#$%&'*+.^_`|~ /* [Host=h] ",
            "end"),
        of("get * HTTP/1.1\r\n" + HOST + "\r\n", "get * [Host=h] ", "end"),
        of("GET /#[]|{}\"<>^` HTTP/1.1\r\n" + HOST + "\r\n", "GET /#[]|{}\"<>^` [Host=h] ", "end"),
        header("A:b", "A=b"),
        header("A: b", "A=b"),
        header("a_B.c-D:\t b \t", "a_B.c-D=b"),
        header("A:", "A="),
        header("A: \t ", "A="),
        header("A: b\tc  d", "A=b\tc  d"),
        header("A: \u0080\u00ff", "A=\u0080\u00ff"),
        header("A: b: c", "A=b: c"),
        header("A: 1\r\nA: 2\r\na: 3", "A=1, A=2, a=3"),
        header("Connection: close", "Connection=close"),
        header("Content-Length: 0", "Content-Length=0"),
        header("Content-Length: 000", "Content-Length=000"),
        of(
            "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello",
            "POST / [Host=h, Content-Length=5] hello",
            "end"),
        of(
            "GET / HTTP/1.1\r\n" + HOST + "Content-Length: 005\r\n\r\nhello",
            "GET / [Host=h, Content-Length=005] hello",
            "end"),
        chunked("5\r\nhello\r\n0\r\n\r\n", "hello"),
        chunked("0\r\n\r\n", ""),
        chunked("000\r\n\r\n", ""),
        chunked("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello"),
        chunked("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        chunked("a\r\n0\r\n\r\n56789\r\n0\r\n\r\n", "0\r\n\r\n56789"),
        chunked("000000000000002\r\nhi\r\n0\r\n\r\n", "hi"),
        chunked("2;a\r\nhi\r\n0;b=c\r\n\r\n", "hi"),
        chunked("2;a=\"b;c\"\r\nhi\r\n0\r\n\r\n", "hi"),
        chunked("2 ;a\r\nhi\r\n0\t;\r\n\r\n", "hi"),
        chunked("2\r\nhi\r\n0\r\nA: b\r\nC: d\r\n\r\n", "hi"),
        chunked("2\r\nhi\r\n0\r\nContent-Length: 9\r\nHost: x\r\n\r\n", "hi"));
  }

  /** One request behind another is read as a request of its own, and never as part of a body. */
  static Stream<Arguments> pipelined() {
    String get = "GET /next HTTP/1.1\r\n" + HOST + "\r\n";
    String read = "GET /next [Host=h] ";
    String counted = "POST / HTTP/1.1\r\n" + HOST + "Content-Length: ";
    String chunked = "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n";
    return Stream.of(
        of(get + get, read, read, "end"),
        of(counted + "2\r\n\r\nhi" + get, "POST / [Host=h, Content-Length=2] hi", read, "end"),
        of(counted + "2\r\n\r\nhi\r\n" + get, "POST / [Host=h, Content-Length=2] hi", read, "end"),
        of(
            counted + get.length() + "\r\n\r\n" + get,
            "POST / [Host=h, Content-Length=" + get.length() + "] " + get,
            "end"),
        of(chunked + "\r\n" + get, "POST / [Host=h, Transfer-Encoding=chunked] ", read, "end"),
        of(
            chunked + "A: b\r\n\r\n" + get,
            "POST / [Host=h, Transfer-Encoding=chunked] ",
            read,
            "end"),
        of("GET / HTTP/1.1\r\n" + HOST + "\r\n\r\n\r\n" + get, "GET / [Host=h] ", INVALID));
  }

  static Stream<Arguments> refusedHeads() {
    return Stream.of(
            "\r\n\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n",
            "\nGET / HTTP/1.1\r\n" + HOST + "\r\n",
            " GET / HTTP/1.1\r\n" + HOST + "\r\n",
            "GET  / HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /  HTTP/1.1\r\n" + HOST + "\r\n",
            "GET / HTTP/1.1 \r\n" + HOST + "\r\n",
            "GET\t/ HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /\tx HTTP/1.1\r\n" + HOST + "\r\n",
            "GET / x HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /\u007f HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n",
            "GET / \r\n" + HOST + "\r\n",
            "GET /\r\n" + HOST + "\r\n",
            "GET\r\n" + HOST + "\r\n",
            "/ HTTP/1.1\r\n" + HOST + "\r\n",
            "G\u0000T / HTTP/1.1\r\n" + HOST + "\r\n",
            "G\u00c9T / HTTP/1.1\r\n" + HOST + "\r\n",
            "G:T / HTTP/1.1\r\n" + HOST + "\r\n",
            "GET / http/1.1\r\n" + HOST + "\r\n",
            "GET / HTTP/1.1x\r\n" + HOST + "\r\n",
            "GET / XTTP/1.1\r\n" + HOST + "\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:\r\n\r\n",
            "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n",
            "GET / HTTP/1.1\n" + HOST + "\r\n",
            "GET / HTTP/1.1\r\r\n" + HOST + "\r\n",
            "GET / HTTP/1.1\r\nHost: h\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\n\n",
            "GET / HTTP/1.1\r\nHost: h\r\r\n\r\n",
            "GET / HTTP/1.1\rHost: h\r\n\r\n")
        .map(raw -> of(raw, INVALID));
  }

  static Stream<Arguments> refusedHeaders() {
    return Stream.of(
            "A : b",
            "A\t: b",
            " A: b",
            "\tA: b",
            "A: b\r\n c",
            "A: b\r\n\tc",
            ": b",
            "A",
            "A b: c",
            "A(b): c",
            "A\u00e9: b",
            "A\u0000: b",
            "\"A\": b",
            "A: \u0000",
            "A: b\u0001c",
            "A: \u001f",
            "A: \u007f",
            "A: b\rc",
            "A: b\nC: d",
            "A: b\r\r",
            "Host: other",
            "Content-Length:",
            "Content-Length: +1",
            "Content-Length: -1",
            "Content-Length: 1.0",
            "Content-Length: 0x1",
            "Content-Length: 1 1",
            "Content-Length: 1,1",
            "Content-Length: 1, 1",
            "Content-Length: \u00b2",
            "Content-Length: 9999999999999999999",
            "Content-Length: 1\r\nContent-Length: 1",
            "Content-Length: 1\r\ncontent-length: 2",
            "Content-Length: 0\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 0",
            "Transfer-Encoding:",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: chunked, gzip",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked,",
            "Transfer-Encoding: ,chunked",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: chunked;a=b",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Expect: 200-ok",
            "Expect: 100-continue, x")
        .map(line -> of("POST / HTTP/1.1\r\n" + HOST + line + "\r\n\r\n", INVALID));
  }

  /** Hosts with which an upstream could be told more than a host. */
  static Stream<Arguments> refusedHosts() {
    return Stream.of(
            "a b",
            "a,b",
            "a;b",
            "a/b",
            "a\\b",
            "a?b",
            "a#b",
            "a@b",
            "a\"b",
            "<a>",
            "a:b",
            "a:123456",
            "a:1:2",
            "[::1",
            "[::1]x",
            "[::1]:x",
            "[::1]:65536",
            "[zz]",
            "[]",
            "[1.2.3.4]",
            "a:65536",
            "[",
            ":80",
            "[a;b]",
            "a%41",
            "\u00e9")
        .map(host -> of("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", INVALID));
  }

  static Stream<Arguments> brokenBodies() {
    return Stream.of(
            "5\r\nhello",
            "5\r\nhello\r\n",
            "0\r\n: x\r\n\r\n",
            "0\r\nSpaced : x\r\n\r\n",
            "0\r\nX: a\r\n folded\r\n\r\n",
            "0\r\nno colon\r\n\r\n",
            "5\r\nhel",
            "5",
            "5\r",
            "5\r\n",
            "5;a",
            "",
            "0",
            "0\r\n",
            "0\r\nA: b\r\n",
            "0\r\nA: b",
            "5\r\nhello\r\n0\r\n",
            "5\r\nhelloXX0\r\n\r\n",
            "5\r\nhello0\r\n\r\n",
            "5\r\nhello\n0\r\n\r\n",
            "5\r\nhello\r0\r\n\r\n",
            "+5\r\nhello\r\n",
            "-5\r\nhello\r\n",
            "0x5\r\nhello\r\n",
            " 5\r\nhello\r\n",
            "5 \r\nhello\r\n",
            "5\t\r\nhello\r\n",
            "5 5\r\nhello\r\n",
            "5x\r\nhello\r\n",
            "\r\nhello\r\n",
            ";a\r\nhello\r\n",
            "5\nhello\r\n0\r\n\r\n",
            "5\r\r\nhello\r\n",
            "5;a\nhello\r\n0\r\n\r\n",
            "5;a\rb\r\nhello\r\n0\r\n\r\n",
            "5;\u0000\r\nhello\r\n0\r\n\r\n",
            "1000000000000000\r\n",
            "fffffffffffffffff\r\n",
            "5,\r\nhello\r\n",
            "\u00b2\r\nhi\r\n",
            "0\r\n\n",
            "0\r\nA: b\n\r\n",
            "0\r\nA\u0000: b\r\n\r\n",
            "0\r\nA: b\r\n\r",
            "0\r\nA: \r\r\n")
        .map(
            chunks ->
                of(
                    "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks,
                    "broken"));
  }

  @ParameterizedTest
  @MethodSource({
    "accepted",
    "pipelined",
    "refusedHeads",
    "refusedHeaders",
    "refusedHosts",
    "brokenBodies",
  })
  void isReadTheSameInAllPieces(String raw, List<String> events) {
    byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);

    assertEquals(events, WireReading.whole(bytes).events(), "whole");
    assertEquals(events, WireReading.inPiecesOf(1, bytes).events(), "byte by byte");
    for (int place : IntStream.range(0, bytes.length).toArray()) {
      assertEquals(events, WireReading.splitAt(place, bytes).events(), "split at " + place);
    }
  }

  static Stream<Arguments> refusedOtherwise() {
    String coded = "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n";
    return Stream.of(
        of("GET / HTTP/1.0\r\n" + HOST + "\r\n", "refused http-version"),
        of("GET / HTTP/2.0\r\n" + HOST + "\r\n", "refused http-version"),
        of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "refused http-version"),
        of(coded, "refused not-implemented"),
        of("GET /" + "a".repeat(8_200), "refused target-too-long"),
        of("GET / HTTP/1.1\r\nA: " + "a".repeat(16_400), "refused headers-too-large"));
  }

  @ParameterizedTest
  @MethodSource("refusedOtherwise")
  void isRefusedByItsOwnCode(String raw, List<String> events) {
    byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);

    assertEquals(events, WireReading.whole(bytes).events());
    assertEquals(events, WireReading.inPiecesOf(1, bytes).events());
    assertEquals(events, WireReading.inPiecesOf(1000, bytes).events());
  }

  @Test
  void everyByteIsATokensOrRefusedInAName() {
    for (int c = 0; c < 0x100; c++) {
      boolean token =
          "!#$%&'*+-.^_`|~".indexOf(c) >= 0 || (c < 0x80 && Character.isLetterOrDigit(c));
      // A colon ends the name, and what follows is the value.
      List<String> refused =
          c == ':' ? List.of("GET / [Host=h, A=B: x] ", "end") : List.of(INVALID);
      List<String> wanted =
          token ? List.of("GET / [Host=h, A" + (char) c + "B=x] ", "end") : refused;

      byte[] bytes =
          ("GET / HTTP/1.1\r\n" + HOST + "A" + (char) c + "B: x\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1);
      assertEquals(wanted, WireReading.whole(bytes).events(), "byte " + c);
      assertEquals(wanted, WireReading.inPiecesOf(1, bytes).events(), "byte " + c);
    }
  }

  @Test
  void sizesAreExact() {
    String line = "GET /" + "a".repeat(8 * 1024 - 16) + " HTTP/1.1\r\n";
    assertEquals(8 * 1024, line.length());
    assertEquals("end", last(line + HOST + "\r\n"));
    assertEquals("refused target-too-long", last(line.replace("/a", "/aa") + HOST + "\r\n"));

    String head = "GET / HTTP/1.1\r\n";
    String headers = HOST + "A: " + "a".repeat(16 * 1024 - HOST.length() - 7) + "\r\n\r\n";
    assertEquals(16 * 1024, headers.length());
    assertEquals("end", last(head + headers));
    assertEquals("refused headers-too-large", last(head + headers.replace(" a", " aa")));
  }

  @Test
  void chunkExtensionsAndTrailersHaveABound() {
    String head = "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";
    assertEquals("broken", last(head + "1;" + "a".repeat(17_000) + "\r\nx\r\n0\r\n\r\n"));
    assertEquals("broken", last(head + "1;aaaaaaaa\r\nx\r\n".repeat(3_000) + "0\r\n\r\n"));
    assertEquals("broken", last(head + "0\r\n" + "A: b\r\n".repeat(5_000) + "\r\n"));
    assertEquals("end", last(head + "1;a\r\nx\r\n".repeat(3_000) + "0\r\n\r\n"));
  }

  private static String last(String raw) {
    byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
    String last = WireReading.whole(bytes).last();
    assertEquals(last, WireReading.inPiecesOf(7, bytes).last());
    return last;
  }

  private static Arguments of(String raw, String... events) {
    return Arguments.of(raw, List.of(events));
  }

  private static Arguments header(String lines, String read) {
    return of(
        "GET / HTTP/1.1\r\n" + HOST + lines + "\r\n\r\n", "GET / [Host=h, " + read + "] ", "end");
  }

  private static Arguments chunked(String chunks, String body) {
    return of(
        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks,
        "POST / [Host=h, Transfer-Encoding=chunked] " + body,
        "end");
  }
}
