package dev.kinto.gateway.http1;

import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http1.MalformedMessageException.Kind;
import dev.kinto.manifest.FieldName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Reads a head from bytes that come piece by piece, each byte once and each line as soon as it is
 * there, and refuses whatever two readers might read differently (RFC 9112, sections 2.2, 5 and 6;
 * contract C35): a line that ends with LF or CR alone is the end of a line to some, and what
 * follows it a header that nobody checked.
 */
public abstract sealed class HeadReader permits RequestHeadReader, ResponseHeadReader {
  private static final int MAX_LENGTH_DIGITS = 18;

  /** The characters of a token (RFC 9110, section 5.6.2). */
  private static final boolean[] TOKEN = new boolean[0x100];

  /** Those that may stand in a line. */
  private static final boolean[] PLAIN = new boolean[0x100];

  static {
    for (int c = 0; c < TOKEN.length; c++) {
      TOKEN[c] = c < 0x80 && FieldName.isToken(Character.toString(c));
      PLAIN[c] = (c >= 0x20 && c != 0x7F) || c == '\t';
    }
  }

  /** The names of the lines, and for each three places: of its name, its value and its end. */
  private String[] names = new String[16];

  private int[] places = new int[3 * names.length];
  private int count;

  /** How many bytes were read, and whether the last of them is a CR. */
  private int length;

  private boolean afterCr;

  /** Places of lines, counted from the first byte. */
  private int lineStart;

  private int firstLineStart;
  private int firstLineEnd = -1;

  private long contentLength = -1;
  private boolean chunked;

  /**
   * Reads on.
   *
   * @param bytes those of all pieces so far, from {@code from} to {@code to}; earlier calls saw the
   *     same bytes, perhaps at another place
   * @return whether the head is complete: {@link #length} bytes are its own, the rest is not
   */
  public final boolean read(byte[] bytes, int from, int to) throws MalformedMessageException {
    int at = from + length;
    while (at < to) {
      byte b = bytes[at++];
      if (PLAIN[b & 0xFF] && !afterCr) {
        continue;
      }
      length = at - from;
      if (isLineEnd(b) && line(bytes, from)) {
        return true;
      }
    }
    length = at - from;
    return false;
  }

  /** Whether a byte that is not plain, or stands behind a CR, ends a line. */
  private boolean isLineEnd(byte b) throws MalformedMessageException {
    if (afterCr) {
      if (b != '\n') {
        throw new MalformedMessageException("a CR without LF");
      }
      afterCr = false;
      return true;
    }
    if (b != '\r') {
      throw new MalformedMessageException(
          b == '\n' ? "a line that ends with LF alone" : "a control character");
    }
    afterCr = true;
    return false;
  }

  /** Takes a line; says whether it ends the head. */
  private boolean line(byte[] bytes, int from) throws MalformedMessageException {
    int start = from + lineStart;
    int end = from + length - 2;
    lineStart = length;
    if (firstLineEnd < 0) {
      if (start == end && start == from && skipsEmptyLine()) {
        firstLineStart = length;
      } else {
        firstLine(bytes, start, end);
        firstLineEnd = length;
      }
      return false;
    }
    if (start < end) {
      headerLine(bytes, from, start, end);
      lineRead(count);
      return false;
    }
    if (chunked && contentLength >= 0) {
      throw new MalformedMessageException("both Content-Length and Transfer-Encoding");
    }
    complete();
    return true;
  }

  private void headerLine(byte[] bytes, int from, int start, int end)
      throws MalformedMessageException {
    int hash = 0;
    int colon = start;
    while (colon < end && TOKEN[bytes[colon] & 0xFF]) {
      hash = FieldNames.next(hash, bytes[colon++]);
    }
    if (colon == start || colon == end || bytes[colon] != ':') {
      throw new MalformedMessageException(
          isBlank(bytes[start]) ? "a folded line" : "a header name that is no token");
    }
    int first = colon + 1;
    while (first < end && isBlank(bytes[first])) {
      first++;
    }
    int last = end;
    while (last > first && isBlank(bytes[last - 1])) {
      last--;
    }
    String name = FieldNames.lowerCase(bytes, start, colon, hash);
    add(name, start - from, first - from, last - from);
    switch (name) {
      case "content-length" -> contentLength(text(bytes, first, last));
      case "transfer-encoding" -> transferEncoding(text(bytes, first, last));
      default -> field(name, bytes, first, last);
    }
  }

  private void add(String name, int start, int valueStart, int end) {
    if (count == names.length) {
      names = Arrays.copyOf(names, 2 * count);
      places = Arrays.copyOf(places, 3 * names.length);
    }
    int at = 3 * count;
    names[count++] = name;
    places[at] = start;
    places[at + 1] = valueStart;
    places[at + 2] = end;
  }

  private void contentLength(String value) throws MalformedMessageException {
    if (contentLength >= 0) {
      throw new MalformedMessageException("more than one Content-Length");
    }
    contentLength = length(value);
    if (contentLength < 0) {
      throw new MalformedMessageException("a Content-Length that is not a number");
    }
  }

  /**
   * The number in {@code Content-Length}, without sign or list (RFC 9110, section 8.6); negative if
   * it is none.
   */
  public static long length(String value) {
    boolean digits = !value.isEmpty() && value.length() <= MAX_LENGTH_DIGITS;
    for (int i = 0; i < value.length(); i++) {
      digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    return digits ? Long.parseLong(value) : -1;
  }

  private void transferEncoding(String value) throws MalformedMessageException {
    if (chunked) {
      throw new MalformedMessageException("more than one Transfer-Encoding");
    }
    if (!value.equalsIgnoreCase("chunked")) {
      throw new MalformedMessageException(
          isCodedAndChunked(value) ? Kind.CODING : Kind.MALFORMED,
          "a Transfer-Encoding other than chunked");
    }
    chunked = true;
  }

  private static boolean isCodedAndChunked(String value) {
    String[] codings = value.toLowerCase(Locale.ROOT).split(",", -1);
    for (int i = 0; i < codings.length; i++) {
      String coding = codings[i].strip();
      if (!FieldName.isToken(coding) || coding.equals("chunked") != (i == codings.length - 1)) {
        return false;
      }
    }
    return codings.length > 1;
  }

  /** Whether one of the elements of a list without quotes is this one. */
  static boolean holds(String list, String element) {
    if (list.indexOf(',') < 0) {
      return list.equalsIgnoreCase(element);
    }
    for (String each : list.split(",", -1)) {
      if (each.strip().equalsIgnoreCase(element)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** Each character is one byte: what is not ASCII passes as it came (contract C33). */
  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  static boolean isToken(byte b) {
    return TOKEN[b & 0xFF];
  }

  /** Whether an empty line before the first one is passed over. */
  abstract boolean skipsEmptyLine();

  /** Reads the first line, without its end. */
  abstract void firstLine(byte[] bytes, int start, int end) throws MalformedMessageException;

  /** Takes notice of a header line that says nothing of the framing, with its value's place. */
  abstract void field(String lowerCaseName, byte[] bytes, int valueStart, int valueEnd)
      throws MalformedMessageException;

  /** A header line was read, the count-th one. */
  abstract void lineRead(int count) throws MalformedMessageException;

  /** The last line was read. */
  abstract void complete() throws MalformedMessageException;

  /** How many bytes were read. */
  public final int length() {
    return length;
  }

  /** How many of them are the first line's, as far as it was read. */
  public final int firstLineLength() {
    return (firstLineEnd < 0 ? length : firstLineEnd) - firstLineStart;
  }

  /** How many of them are the header lines'. */
  public final int headersLength() {
    return firstLineEnd < 0 ? 0 : length - firstLineEnd;
  }

  /** How long the line is that is not complete yet. */
  final int openLineLength() {
    return length - lineStart;
  }

  /** The header lines of the bytes that were read, which have their last place. */
  final List<HeaderLine> lines(byte[] bytes, int from) {
    List<HeaderLine> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = 3 * i;
      lines.add(
          new HeaderLine(
              names[i], bytes, from + places[at], from + places[at + 1], from + places[at + 2]));
    }
    return lines;
  }

  final boolean chunked() {
    return chunked;
  }

  /** What Content-Length announces, if it does. */
  final OptionalLong contentLength() {
    return contentLength < 0 ? OptionalLong.empty() : OptionalLong.of(contentLength);
  }
}
