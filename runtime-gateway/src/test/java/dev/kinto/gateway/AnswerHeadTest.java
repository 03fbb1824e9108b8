package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The head of an upstream's answer on its way to the client (contract C28, C32, C33, C35). */
class AnswerHeadTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("m")
                          .route("GET /x")
                          .writes("m-declared")
                          .route("GET /")
                          .route("GET /deep/x")
                          .build(),
                      upstream.uri())
                  .service(
                      TestManifest.of("notes").route("GET /notes").route("GET /notes/{id}").build(),
                      upstream.uri())
                  .service(TestManifest.of("other").route("GET /x").build(), upstream.uri())
                  .service(TestManifest.of("content").route("GET /x").build(), upstream.uri()));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @BeforeAll
  static void takeToken() throws IOException {
    token = gateway.token();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK",
        "201 Created",
        "204 No Content",
        "302 Found",
        "304 Not Modified",
        "404 Not Found",
        "500 Internal Server Error",
        "503 Service Unavailable",
        "599 Odd",
        "200 "
      })
  void nothingOfTheSessionReachesTheClientWhateverTheStatus(String status) throws IOException {
    upstream.answers(
        "HTTP/1.1 "
            + status
            + "\r\nm-declared: leak1\r\nM_UNDECLARED: leak2\r\nm.third: leak3\r\nother-x: leak4\r\n"
            + "OTHER_X: leak5\r\ncontent_type: leak6\r\nKinto-Client-Id: leak7\r\n"
            + "kinto_token: leak8\r\nAccess-Control-Allow-Origin: leak9\r\nm-: leak10\r\n"
            + "X-Kept: kept\r\nContent-Length: 0\r\n\r\n");

    RawAnswer answer = get("/m/x");

    assertTrue(answer.head().startsWith("HTTP/1.1 " + status + "\r\n"), answer.head());
    assertFalse(answer.head().contains("leak"), answer.head());
    assertEquals(Optional.of("kept"), answer.header("x-kept"));
  }

  @Test
  void registeredFieldsOfAServicesSpaceStay() throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-language: de\r\n"
            + "Content-Made-Up: x\r\nContent-Length: 0\r\n\r\n");

    RawAnswer answer = get("/content/x");

    assertEquals(Optional.of("text/plain"), answer.header("content-type"));
    assertEquals(Optional.of("de"), answer.header("content-language"));
    assertEquals(Optional.empty(), answer.header("content-made-up"));
  }

  @Test
  void hopByHopFieldsAreRemovedAndFramingIsWrittenAnew() throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nConnection: X-Hop, keep-alive\r\nX-Hop: 1\r\nKeep-Alive: timeout=9\r\n"
            + "Proxy-Authenticate: Basic\r\nTrailer: X-T\r\nUpgrade: h2c\r\nTE: x\r\n"
            + "Transfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\nX-T: 1\r\n\r\n");

    RawAnswer answer = get("/m/x");

    assertEquals("ok", answer.text());
    for (String removed :
        List.of("connection", "x-hop", "keep-alive", "proxy-authenticate", "trailer", "upgrade")) {
      assertEquals(List.of(), answer.all(removed), removed);
    }
    assertEquals(List.of("chunked"), answer.all("transfer-encoding"));
    assertEquals(List.of(), answer.all("x-t"), "trailers are discarded");
  }

  @ParameterizedTest
  @CsvSource({
    "/made, /m/made",
    "/, /m/",
    "/a?b=c#d, /m/a?b=c#d",
    "//evil.example/a, //evil.example/a",
    "made, made",
    "?q, ?q",
    "http://evil.example/a, http://evil.example/a",
    "UPSTREAM/made, http://shown.example:81/m/made",
    "UPSTREAM, http://shown.example:81/m",
    "UPSTREAM?q, http://shown.example:81/m?q",
    "//AUTHORITY/made, http://shown.example:81/m/made",
    "http:made, http:made",
    "http:/made, http:/made",
    "https://AUTHORITY/made, http://shown.example:81/m/made",
    "https://user:word@AUTHORITY/made, http://shown.example:81/m/made",
    "HTTP://AUTHORITY/m/made, http://shown.example:81/m/made",
    "/m/made, /m/made",
    "/m, /m",
    "/m?q, /m?q",
    "/m#f, /m#f",
    "/made, /m/made",
    "/mm/made, /m/mm/made",
    "/%6D/made, /m/%6D/made",
    "/M/made, /m/M/made",
    "http://shown.example:81/made, http://shown.example:81/m/made",
    "http://shown.example:81/m/made, http://shown.example:81/m/made",
    "HTTP://Shown.Example:81/made?q, HTTP://Shown.Example:81/m/made?q",
    "//shown.example:81/made, //shown.example:81/m/made",
    "http://shown.example:81, http://shown.example:81/m",
    "https://shown.example:81/made, https://shown.example:81/m/made",
    "http://shown.example/made, http://shown.example/made",
    "http://shown.example:82/made, http://shown.example:82/made",
    "http://shown.example:81@evil.example/made, http://shown.example:81@evil.example/made",
    "ftp://shown.example:81/made, ftp://shown.example:81/made",
    "UPSTREAM1/made, UPSTREAM1/made",
    "UPSTREAM.evil.example/a, UPSTREAM.evil.example/a",
    "UPSTREAM@evil.example/a, UPSTREAM@evil.example/a"
  })
  void locationIsWhatTheClientCanCall(String location, String rewritten) throws IOException {
    for (String name : List.of("Location", "content-location")) {
      upstream.answers(
          "HTTP/1.1 302 Found\r\n"
              + name
              + ": "
              + ofUpstream(location)
              + "\r\nContent-Length: 0\r\n\r\n");

      RawAnswer answer = get("/m/x");

      assertEquals(302, answer.status(), "redirects are passed on, never followed");
      assertEquals(Optional.of(ofUpstream(rewritten)), answer.header(name));
    }
  }

  /** Its routes tell whether a path has the prefix already, or only begins with the same word. */
  @ParameterizedTest
  @CsvSource({
    "/notes/7, /notes/notes/7",
    "/notes, /notes/notes",
    "/notes?page=2, /notes/notes?page=2",
    "/notes#last, /notes/notes#last",
    "UPSTREAM/notes/7, http://shown.example:81/notes/notes/7",
    "http://shown.example:81/notes/7, http://shown.example:81/notes/notes/7",
    "/notes/notes/7, /notes/notes/7",
    "/notes/notes, /notes/notes",
    "/notes/notes?page=2, /notes/notes?page=2",
    "http://shown.example:81/notes/notes/7, http://shown.example:81/notes/notes/7",
    "/notes/no/route, /notes/no/route"
  })
  void microserviceMayBeCalledAsItsPathsBegin(String location, String rewritten)
      throws IOException {
    upstream.answers(
        "HTTP/1.1 201 Created\r\nLocation: "
            + ofUpstream(location)
            + "\r\nLink: <"
            + ofUpstream(location)
            + ">; rel=self\r\nContent-Length: 0\r\n\r\n");

    RawAnswer answer = get("/notes/notes");

    assertEquals(Optional.of(rewritten), answer.header("Location"));
    assertEquals(Optional.of("<" + rewritten + ">; rel=self"), answer.header("Link"));
  }

  private static String ofUpstream(String location) {
    return location
        .replace("UPSTREAM", upstream.uri().toString())
        .replace("AUTHORITY", upstream.uri().getRawAuthority());
  }

  /** RFC 8288, section 3: several links, parameters in quotes, others' addresses. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "</a>; rel=next | </m/a>; rel=next",
        "</a?p=2>; rel=\"next\", </a?p=9>;rel=last | </m/a?p=2>; rel=\"next\", </m/a?p=9>;rel=last",
        "<UPSTREAM/a>; rel=next,<https://AUTHORITY/b> |"
            + " <http://shown.example:81/m/a>; rel=next,<http://shown.example:81/m/b>",
        "<http://shown.example:81/a>, <http://shown.example:81/m/b> |"
            + " <http://shown.example:81/m/a>, <http://shown.example:81/m/b>",
        "</m/a>; rel=next | </m/a>; rel=next",
        "</a>; title=\"x, </b>; \\\" </c>\"; rel=x, </d> |"
            + " </m/a>; title=\"x, </b>; \\\" </c>\"; rel=x, </m/d>",
        "</a>; anchor=\"/b\" | </m/a>; anchor=\"/b\"",
        "<https://cdn.example/x.css>; rel=preload; as=style |"
            + " <https://cdn.example/x.css>; rel=preload; as=style",
        "<a>, <?q>, <>, </ | <a>, <?q>, <>, </",
        "/a; rel=next | /a; rel=next",
      })
  void linksAreWhatTheClientCanCall(String link, String rewritten) throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nLink: " + ofUpstream(link) + "\r\nContent-Length: 0\r\n\r\n");

    assertEquals(List.of(rewritten), get("/m/x").all("link"));
  }

  @Test
  void cookiesStayRepeatedAndTheirPathsAreThoseThatTheClientCalls() throws IOException {
    assertEquals(
        List.of(
            "a=1",
            "b=2; Path=/m; HttpOnly",
            "c=3; Path=/m/deep; Secure",
            "d=4; Path=/m/deep; Secure",
            "Path=/x; Expires=Wed, 21 Oct 2026 07:28:00 GMT;Max-Age=1"),
        cookies(
            "/m/x",
            "a=1",
            "b=2; Path=/; HttpOnly",
            "c=3; path=/deep; Domain=upstream.example; Secure",
            "d=4; PATH = /deep ; domain = upstream.example; Secure",
            "Path=/x; Expires=Wed, 21 Oct 2026 07:28:00 GMT;Max-Age=1"));
  }

  /** What frameworks know of the prefix, and what clients would read differently (contract C33). */
  @ParameterizedTest
  @CsvSource({
    "a=1; Path=/m, a=1; Path=/m",
    "a=1; Path=/m/, a=1; Path=/m",
    "a=1; Path=/m/deep/, a=1; Path=/m/deep/",
    "a=1; Path=/mm, a=1; Path=/m/mm",
    "a=1; Path=\"/\", a=1; Path=/m",
    "a=1; Path=\"/deep\"; Secure, a=1; Path=/m/deep; Secure",
    "a=1; Path=/x; Secure; Path=/y, a=1; Secure; Path=/m/y",
    "a=1; Path=/x; Path, a=1",
    "a=1; Path=deep; path, a=1",
    "a=1; Path=; Path, a=1",
    "a=1; Path=/;, a=1; Path=/m;",
    "=1; Path=/, =1; Path=/m",
    "a=; Max-Age=0; Path=/, a=; Max-Age=0; Path=/m",
    "__Secure-a=1; Secure; Path=/, __Secure-a=1; Secure; Path=/m",
    "__Host-a=1; Secure; Path=/, __Host-a=1; Secure; Path=/",
    "__host-a=1; Path=/; Secure, __host-a=1; Path=/; Secure",
    "__Host-a=; Path=/; Secure; Max-Age=0, __Host-a=; Path=/; Secure; Max-Age=0",
    "__Host-a=1; Secure; Path=/; Domain=x.example, __Host-a=1; Secure; Path=/",
    "__Host-Http-a=1; Secure; HttpOnly; Path=/, __Host-Http-a=1; Secure; HttpOnly; Path=/",
    "__Hosta=1; Path=/, __Hosta=1; Path=/m",
  })
  void cookieGoesBackToItsMicroserviceAlone(String cookie, String forTheClient) throws IOException {
    assertEquals(List.of(forTheClient), cookies("/m/x", cookie));
  }

  /** A browser's own choice ends at the last slash (RFC 6265, section 5.1.4). */
  @ParameterizedTest
  @CsvSource({
    "/m, a=1; Path=/m",
    "/m?q=/x, a=1; Path=/m",
    "/m/, a=1",
    "/m/x, a=1",
    "/m/x?q, a=1",
    "/m/deep/x, a=1",
  })
  void cookieWithoutAPathLeavesItsMicroserviceNowhere(String target, String forTheClient)
      throws IOException {
    assertEquals(List.of(forTheClient), cookies(target, "a=1"));
    assertEquals(
        List.of(forTheClient.replace("a=1", "a=; Max-Age=0")), cookies(target, "a=; Max-Age=0"));
  }

  private static List<String> cookies(String target, String... cookies) throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nSet-Cookie: "
            + String.join("\r\nset-cookie: ", cookies)
            + "\r\nContent-Length: 0\r\n\r\n");
    return get(target).all("set-cookie");
  }

  @Test
  void bytesAboveAsciiPassByteForByte() throws IOException {
    StringBuilder high = new StringBuilder();
    for (char c = 0x80; c <= 0xFF; c++) {
      high.append(c);
    }
    upstream.answers(
        "HTTP/1.1 200 O" + high + "\r\nX-High: a" + high + "b\r\nContent-Length: 0\r\n\r\n");

    RawAnswer answer = get("/m/x");

    assertTrue(answer.lines().contains("X-High: a" + high + "b"), answer.head());
    assertTrue(answer.head().startsWith("HTTP/1.1 200 O" + high + "\r\n"), answer.head());
  }

  @Test
  void namesKeepTheirSpellingAndOrder() throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nx-FIRST: 1\r\nETag: W/\"x\"\r\nX_Und.er: 2\r\nX-Empty:\r\n"
            + "x-first: 3\r\nDate: then\r\nContent-Length: 0\r\n\r\n");

    RawAnswer answer = get("/m/x");
    List<String> lines = answer.lines();

    assertEquals(List.of("then"), answer.all("date"), "who has a date keeps it");
    assertEquals(
        List.of(
            "x-FIRST: 1", "ETag: W/\"x\"", "X_Und.er: 2", "X-Empty: ", "x-first: 3", "Date: then"),
        lines.subList(0, 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "GET"})
  void statusWithoutBodyHasNone(String method) throws IOException {
    try (RawClient client = gateway.connect()) {
      for (String[] each :
          new String[][] {
            {"204 No Content", "", ""},
            {"204 No Content", "Content-Length: 0\r\n", ""},
            {"304 Not Modified", "", ""},
            {"304 Not Modified", "Content-Length: 1234\r\n", "1234"},
            {"304 Not Modified", "Content-Length: 0\r\n", "0"},
            {"304 Not Modified", "Transfer-Encoding: chunked\r\n", ""}
          }) {
        upstream.answers("HTTP/1.1 " + each[0] + "\r\n" + each[1] + "ETag: x\r\n\r\n");

        RawAnswer answer = client.exchange(request(method, "/m/x"));

        assertTrue(answer.head().startsWith("HTTP/1.1 " + each[0]), answer.head());
        assertEquals(
            Optional.of(each[2]).filter(v -> !v.isEmpty()), answer.header("content-length"));
        assertEquals(Optional.empty(), answer.header("transfer-encoding"));
      }
      assertConnectionStaysInOrder(client);
      int first = upstream.take().connection();
      for (RawRequest each : upstream.received()) {
        assertEquals(first, each.connection(), "what has no body is complete with its head");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 123456789012", "Content-Length: 0", "X-None: 1"})
  void headGetsTheUpstreamsLengthAndNoBody(String length) throws IOException {
    try (RawClient client = gateway.connect()) {
      upstream.answers("HTTP/1.1 200 OK\r\n" + length + "\r\n\r\n");

      RawAnswer answer = client.exchange(request("HEAD", "/m/x"));

      assertEquals(200, answer.status());
      assertTrue(answer.lines().contains(length), answer.head());
      assertEquals("HEAD /x HTTP/1.1", upstream.take().line());
      assertConnectionStaysInOrder(client);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "okHTTP/1.1 200 OK\r\n"
            + "Content-Length: 4\r\n\r\n"
            + "evil",
        "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
        "HTTP/1.1 304 Not Modified\r\n"
            + "Content-Length: 47\r\n\r\n"
            + "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 4\r\n\r\n"
            + "evil",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
      })
  void bytesBehindAnAnswerAreNobodysAnswer(String answers) throws IOException {
    upstream.answers(answers);
    get("/m/x");
    upstream.answers(RawUpstream.OK);

    RawAnswer next = get("/m/x");

    assertEquals("ok", next.text(), next.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 4", "Transfer-Encoding: chunked"})
  void connectionIsNotKeptBehind204ThatAnnouncesABody(String framing) throws IOException {
    upstream.answers("HTTP/1.1 204 No Content\r\n" + framing + "\r\n\r\n");

    assertEquals(204, get("/m/x").status());
    int first = upstream.take().connection();
    upstream.answers(RawUpstream.OK);
    get("/m/x");

    assertNotEquals(first, upstream.take().connection());
  }

  /** A refused answer's body may come later: it must not meet the next request. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 4", "Transfer-Encoding: chunked"})
  void connectionIsNotKeptBehindAnAnswerThatNobodyRead(String framing) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nm-declared: %ff\r\n" + framing + "\r\n\r\n");

    assertEquals("session-value-invalid", get("/m/x").code());
    int first = upstream.take().connection();
    upstream.answers(RawUpstream.OK);
    assertEquals("ok", get("/m/x").text());

    assertNotEquals(first, upstream.take().connection());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
        "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 2\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "2\r\n"
            + "ok\r\n"
            + "0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n"
            + "Transfer-Encoding: chunked\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nok",
        "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 099 Odd\r\n"
            + "Content-Length: 0\r\n\r\n"
            + "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "ok",
        "HTTP/1.1 42 Odd\r\n"
            + "Content-Length: 0\r\n\r\n"
            + "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "ok",
        "HTTP/1.1 000 Odd\r\nContent-Length: 0\r\n\r\n",
        "HTTP/-1.1 200 Odd\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.-1 200 Odd\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 2000 Odd\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 -200 Odd\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 +200 Odd\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX Y: 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y : 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX\u00e9: 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX(Y): 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nNoColon\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y: a\u0000b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y: a\u0001b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y:\u0001a\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y: a\u001f\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y: a\u000bb\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y:\u000c\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y: a\r\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y:\ra\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX\rY: 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\u0001X-Y: 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length:\u000b0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y: a\u007fb\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y: a\rSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\rSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Y: a\nSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nX-Y: a\r\n b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\tX-Y: a\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 O\u0000K\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 O\u007fK\r\nContent-Length: 0\r\n\r\n",
        "ICY 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "hello\r\n\r\n",
        "\u0016\u0003\u0001\u0002\r\n\r\n"
      })
  void answerThatCouldBeReadInTwoWaysIs502(String raw) throws IOException {
    upstream.answers(
        (_, connection) -> {
          connection.send(raw);
          connection.close();
        });

    RawAnswer answer = get("/m/x");

    assertEquals(502, answer.status(), answer.toString());
    assertEquals("upstream-invalid-response", answer.code(), answer.toString());
    upstream.answers(RawUpstream.OK);
    assertEquals("ok", get("/m/x").text(), "the next answer is in order");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.0 200 OK", "HTTP/1.1 200 \u00fc"})
  void statusLineMayLackAReason(String line) throws IOException {
    upstream.answers(line + "\r\nContent-Length: 2\r\nX:\ta \t\r\nY:\r\n\r\nok");

    RawAnswer answer = get("/m/x");

    assertEquals(200, answer.status(), answer.toString());
    assertEquals("ok", answer.text());
    assertEquals(List.of("a"), answer.all("x"));
    assertEquals(List.of(""), answer.all("y"));
  }

  @Test
  void headBeyondItsBoundsIs502() throws IOException {
    for (String raw :
        List.of(
            "X-Long: " + "a".repeat(70_000) + "\r\n",
            "X: 1\r\n".repeat(2_000),
            "X-" + "a".repeat(70_000) + ": 1\r\n")) {
      upstream.answers("HTTP/1.1 200 OK\r\n" + raw + "Content-Length: 0\r\n\r\n");

      RawAnswer answer = get("/m/x");

      assertEquals("upstream-invalid-response", answer.code(), answer.toString());
    }
  }

  @Test
  void interimAnswersStayBetweenUpstreamAndGateway() throws IOException {
    upstream.answers("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(16) + RawUpstream.OK);

    RawAnswer answer = get("/m/x");

    assertEquals(200, answer.status(), "of 1xx only 100 and 101 reach the client");
    assertEquals("ok", answer.text());
    assertEquals(List.of(), answer.all("link"));
  }

  @Test
  void moreThanSixteenInterimAnswersAre502() throws IOException {
    upstream.answers("HTTP/1.1 102 Processing\r\n\r\n".repeat(17) + RawUpstream.OK);

    assertEquals("upstream-invalid-response", get("/m/x").code());
  }

  /** RFC 9110, section 6.6.1. */
  @Test
  void answerWithoutADateGetsOne() throws IOException {
    assertEquals(1, get("/m/x").all("date").size());
  }

  @Test
  void interimAnswersOfEachCallAreCountedAnew() throws IOException {
    upstream.answers("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(16) + RawUpstream.OK);

    // Of one client: another one's calls may have another event loop, with connections of its own.
    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        assertEquals("ok", client.exchange(request("GET", "/m/x")).text(), "call " + i);
      }
    }
    int first = upstream.take().connection();
    assertEquals(first, upstream.take().connection());
    assertEquals(first, upstream.take().connection());
  }

  @Test
  void interimAnswersBeforeAndBehindTheBodyAreCountedTogether() throws IOException {
    upstream.onHead(
        (_, connection) -> {
          connection.send("HTTP/1.1 102 Processing\r\n\r\n".repeat(17) + RawUpstream.OK);
          connection.awaitEnd();
          connection.close();
        });
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              "GET /m/x HTTP/1.1\r\nHost: a\r\nKinto-Authorization: Bearer "
                  + token
                  + "\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");

      assertEquals("upstream-invalid-response", answer.code());
    }
  }

  /** What chunks hold is passed on only as far as its framing can be read in one way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+2\r\nok\r\n0\r\n\r\n",
        " 2\r\nok\r\n0\r\n\r\n",
        "-0\r\n\r\n",
        "0x2\r\nok\r\n0\r\n\r\n",
        "\r\n",
        "2\nok\r\n0\r\n\r\n",
        "2\r\nok\n0\r\n\r\n",
        "2\r\nokXX0\r\n\r\n",
        "2\r\nok\r\n0\r\n\n",
        "2\r\nok\r\n0\n\r\n",
        "2;a\u0000\r\nok\r\n0\r\n\r\n",
        "2\r\nok\r\n0\r\nno colon\r\n\r\n",
        "2\r\nok\r\n0\r\nSpaced : 1\r\n\r\n",
        "2\r\nok\r\n0\r\n folded: 1\r\n\r\n",
        "2\r\nok\r\n0\r\nX: a\nY: b\r\n\r\n",
        "10000000000000002\r\nok\r\n0\r\n\r\n",
      })
  void chunksThatCouldBeReadInTwoWaysNeverLookComplete(String chunks) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);

    IOException cut = assertThrows(IOException.class, () -> get("/m/x"));
    assertFalse(cut instanceof SocketTimeoutException, "cut at once: nothing is waited for");
    upstream.answers(RawUpstream.OK);
    assertEquals("ok", get("/m/x").text(), "the next answer is in order");
  }

  @Test
  void extensionsAndTrailersOfChunksAreDropped() throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2;a=\"b\" ;c\r\nok\r\n00;last\r\nmm-x: 1\r\nX-Sum:\r\n\r\n");

    RawAnswer answer = get("/m/x");

    assertEquals("ok", answer.text());
    assertFalse(answer.toString().contains("last"), answer.toString());
  }

  @Test
  void headLargerThanABufferDoesNotHarmTheBody() throws IOException {
    String head = ("X-Fill: " + "h".repeat(8_000) + "\r\n").repeat(20);
    String body = "0123456789abcdef".repeat(40_000);
    upstream.answers(
        "HTTP/1.1 200 OK\r\n"
            + head
            + "Transfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(body.length())
            + "\r\n"
            + body
            + "\r\n0\r\n\r\n");

    RawAnswer chunked = get("/m/x");

    assertEquals(20, chunked.all("x-fill").size());
    assertEquals(body, chunked.text());
    upstream.answers(
        "HTTP/1.1 200 OK\r\n" + head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    assertArrayEquals(chunked.body(), get("/m/x").body());
  }

  private static void assertConnectionStaysInOrder(RawClient client) throws IOException {
    upstream.answers(RawUpstream.OK);
    RawAnswer next = client.exchange(request("GET", "/m/x"));
    assertEquals("ok", next.text(), next.toString());
    assertEquals(200, next.status(), next.head().toLowerCase(Locale.ROOT));
  }

  private static RawAnswer get(String target) throws IOException {
    return gateway.exchange(request("GET", target));
  }

  private static String request(String method, String target) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: shown.example:81\r\nKinto-Authorization: Bearer "
        + token
        + "\r\n\r\n";
  }
}
