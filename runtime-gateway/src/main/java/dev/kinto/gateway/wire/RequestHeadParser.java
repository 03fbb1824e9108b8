package dev.kinto.gateway.wire;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.manifest.FieldName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Reads a complete head, line by line, and refuses whatever two servers might read differently (RFC
 * 9112, sections 2.2, 3, 5 and 6; contract C35).
 */
final class RequestHeadParser {
  private static final int MAX_LENGTH_DIGITS = 18;

  /** The characters of a token (RFC 9110, section 5.6.2). */
  private static final boolean[] TOKEN = new boolean[0x80];

  static {
    for (char c = 0; c < TOKEN.length; c++) {
      TOKEN[c] = FieldName.isToken(Character.toString(c));
    }
  }

  private static final String HTTP_1_0 = "HTTP/1.0";

  private final byte[] bytes;
  private final boolean takesOld;
  private int at;
  private boolean old;

  private final List<HeaderLine> lines = new ArrayList<>(16);
  private String host = "";
  private int hosts;
  private long contentLength = -1;
  private boolean chunked;
  private boolean expectsContinue;
  private boolean closes;

  /**
   * A parser of the bytes from a request line to the empty line behind the headers. Every line in
   * them ends with CRLF, and there is no other CR or LF.
   *
   * @param takesOld whether HTTP/1.0 is spoken too, where no Host is needed, bodies have a length,
   *     and each answer ends its connection
   */
  RequestHeadParser(byte[] bytes, int start, boolean takesOld) {
    this.bytes = bytes;
    this.at = start;
    this.takesOld = takesOld;
  }

  RequestHead parse() {
    String method = token(' ', "the method");
    String target = target();
    version();
    while (bytes[at] != '\r') {
      headerLine();
    }
    if (hosts != 1 && !(old && hosts == 0)) {
      throw InvalidRequest.because("A request has exactly one Host. Found: " + hosts);
    }
    if (old && chunked) {
      throw InvalidRequest.because("HTTP/1.0 has no Transfer-Encoding (RFC 9112, section 6.1).");
    }
    if (chunked && contentLength >= 0) {
      throw InvalidRequest.because("A request has Content-Length or Transfer-Encoding, not both.");
    }
    return new RequestHead(
        method,
        target,
        lines,
        chunked ? OptionalLong.empty() : OptionalLong.of(Math.max(0, contentLength)),
        expectsContinue && !old,
        closes || old,
        host);
  }

  private String token(char endMark, String what) {
    int start = at;
    while (bytes[at] != endMark) {
      if (bytes[at] < 0 || !TOKEN[bytes[at]]) {
        throw InvalidRequest.because(
            "There is a character in " + what + " that may not stand there, or a space too much.");
      }
      at++;
    }
    if (at == start) {
      throw InvalidRequest.because("The request lacks " + what + ".");
    }
    return text(start, at++);
  }

  private String target() {
    int start = at;
    while (bytes[at] != ' ') {
      int b = bytes[at] & 0xFF;
      if (b <= 0x20 || b >= 0x7F) {
        throw InvalidRequest.because(
            "A target holds no spaces, control characters or bytes outside ASCII.");
      }
      at++;
    }
    if (at == start) {
      throw InvalidRequest.because("The request lacks a target.");
    }
    return text(start, at++);
  }

  private void version() {
    int start = at;
    while (bytes[at] != '\r') {
      at++;
    }
    String version = text(start, at);
    at += 2;
    old = takesOld && version.equals(HTTP_1_0);
    if (!old && !version.equals("HTTP/1.1")) {
      boolean other = version.length() == 8 && version.startsWith("HTTP/");
      throw InvalidRequest.because(
          other ? ProblemCode.HTTP_VERSION : ProblemCode.REQUEST_INVALID,
          "This gateway speaks HTTP/1.1.");
    }
  }

  private void headerLine() {
    if (bytes[at] == ' ' || bytes[at] == '\t') {
      throw InvalidRequest.because("A header line must not be folded.");
    }
    String name = token(':', "a header's name");
    while (bytes[at] == ' ' || bytes[at] == '\t') {
      at++;
    }
    int start = at;
    int last = at;
    while (bytes[at] != '\r') {
      int b = bytes[at] & 0xFF;
      if ((b < 0x20 && b != '\t') || b == 0x7F) {
        throw InvalidRequest.because("There is a control character in the header " + name + ".");
      }
      at++;
      if (b != ' ' && b != '\t') {
        last = at;
      }
    }
    at += 2;
    add(new HeaderLine(name, name.toLowerCase(Locale.ROOT), text(start, last)));
  }

  private void add(HeaderLine line) {
    lines.add(line);
    switch (line.lowerCaseName()) {
      case "host" -> host(line.value());
      case "content-length" -> contentLength(line.value());
      case "transfer-encoding" -> transferEncoding(line.value());
      case "expect" -> expect(line.value());
      case "connection" -> closes |= holdsClose(line.value());
      default -> {}
    }
  }

  /** A name or address with an optional port (RFC 9110, section 7.2), and nothing else. */
  private void host(String value) {
    if (!HostField.isHost(value)) {
      throw InvalidRequest.because("Host is a name or address, and perhaps a port.");
    }
    host = value;
    hosts++;
  }

  private void contentLength(String value) {
    if (contentLength >= 0) {
      throw InvalidRequest.because("Content-Length is one number, sent once.");
    }
    contentLength = length(value);
  }

  /** The number in {@code Content-Length}, without sign or list (RFC 9110, section 8.6). */
  static long length(String value) {
    boolean digits = !value.isEmpty() && value.length() <= MAX_LENGTH_DIGITS;
    for (int i = 0; i < value.length(); i++) {
      digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    if (!digits) {
      throw InvalidRequest.because("Content-Length is one number, sent once.");
    }
    return Long.parseLong(value);
  }

  private void transferEncoding(String value) {
    if (chunked) {
      throw InvalidRequest.because("Transfer-Encoding is sent once.");
    }
    if (!value.equalsIgnoreCase("chunked")) {
      throw InvalidRequest.because(
          isCodedAndChunked(value) ? ProblemCode.NOT_IMPLEMENTED : ProblemCode.REQUEST_INVALID,
          "The only Transfer-Encoding of a request is chunked.");
    }
    chunked = true;
  }

  /** Whether the framing is clear, with a coding that we do not speak below it. */
  private static boolean isCodedAndChunked(String value) {
    List<String> codings =
        Stream.of(value.toLowerCase(Locale.ROOT).split(",", -1)).map(String::strip).toList();
    return codings.size() > 1
        && codings.indexOf("chunked") == codings.size() - 1
        && codings.stream().allMatch(FieldName::isToken);
  }

  private void expect(String value) {
    requireContinue(value);
    expectsContinue = true;
  }

  static void requireContinue(String expectation) {
    if (!expectation.equalsIgnoreCase("100-continue")) {
      throw InvalidRequest.because("The only expectation is 100-continue.");
    }
  }

  private static boolean holdsClose(String connection) {
    if (connection.equalsIgnoreCase("close")) {
      return true;
    }
    for (String option : connection.split(",", -1)) {
      if (option.strip().equalsIgnoreCase("close")) {
        return true;
      }
    }
    return false;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
