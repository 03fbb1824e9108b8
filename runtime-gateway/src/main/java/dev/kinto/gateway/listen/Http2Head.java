package dev.kinto.gateway.listen;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.HostField;
import dev.kinto.gateway.http1.HeadReader;
import dev.kinto.gateway.http1.RequestHead;
import dev.kinto.gateway.http1.RequestHeadReader;
import dev.kinto.gateway.http2.Field;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.manifest.FieldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the fields of a request over HTTP/2 as strictly as a head of HTTP/1.1 is read (RFC 9113,
 * section 8; contract C35), and makes the same of them.
 */
final class Http2Head {
  private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path");
  private static final Set<String> CONNECTION_SPECIFIC =
      Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");
  private static final Set<String> METHODS =
      new TreeSet<>(Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"));

  /** What a request line has besides method and target: two spaces, the version, the line's end. */
  private static final int REST_OF_LINE = 12;

  /** What a header line has besides name and value. */
  private static final int REST_OF_FIELD = 4;

  private final Map<String, String> pseudo = new HashMap<>();
  private final List<HeaderLine> lines = new ArrayList<>(16);
  private int cookieAt = -1;
  private int size;
  private long contentLength = -1;
  private boolean expectsContinue;

  private Http2Head() {}

  /**
   * Reads them.
   *
   * @param hasBody whether something may follow
   * @throws Refusal if they are no request, or too large
   */
  static RequestHead of(List<Field> fields, boolean hasBody, ClientLimits limits) {
    Http2Head head = new Http2Head();
    for (Field field : fields) {
      if (field.isPseudo()) {
        head.pseudo(field);
      } else {
        head.add(field);
      }
    }
    return head.request(hasBody, limits);
  }

  private void pseudo(Field field) {
    if (!lines.isEmpty()) {
      throw InvalidRequest.because("A pseudo-header field stands before all others.");
    }
    if (!PSEUDO.contains(field.name())) {
      throw InvalidRequest.because(
          "The pseudo-header fields of a request are :method, :scheme, :authority and :path.");
    }
    if (pseudo.put(field.name(), field.value()) != null) {
      throw InvalidRequest.because("There is more than one " + field.name() + ".");
    }
  }

  private void add(Field field) {
    String name = field.name();
    if (!FieldName.isToken(name) || name.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
      throw InvalidRequest.because(
          "There is a character in a header's name that may not stand there; over HTTP/2 names are"
              + " in lower case.");
    }
    checkValue(field);
    size += name.length() + field.value().length() + REST_OF_FIELD;
    HeaderLine line = new HeaderLine(name, name, field.value());
    if (name.equals("cookie") && cookieAt >= 0) {
      joinCookie(line);
    } else {
      cookieAt = name.equals("cookie") ? lines.size() : cookieAt;
      lines.add(line);
    }
    judge(line);
  }

  private static void checkValue(Field field) {
    String value = field.value();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7F) {
        throw InvalidRequest.because(
            "There is a control character in the header " + field.name() + ".");
      }
    }
    if (!value.isEmpty()
        && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)))) {
      throw InvalidRequest.because(
          "The value of the header " + field.name() + " begins or ends with a space.");
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Clients send cookies apart so that they compress well (RFC 9113, section 8.2.3). */
  private void joinCookie(HeaderLine line) {
    String all = lines.get(cookieAt).value() + "; " + line.value();
    lines.set(cookieAt, new HeaderLine(line.name(), line.lowerCaseName(), all));
  }

  private void judge(HeaderLine line) {
    if (CONNECTION_SPECIFIC.contains(line.name())) {
      throw InvalidRequest.because(
          "The header " + line.name() + " is of HTTP/1.1; it may not be sent over HTTP/2.");
    }
    switch (line.name()) {
      case "content-length" -> {
        if (contentLength >= 0) {
          throw InvalidRequest.because("Content-Length is one number, sent once.");
        }
        contentLength = HeadReader.length(line.value());
        if (contentLength < 0) {
          throw InvalidRequest.because("Content-Length is one number, sent once.");
        }
      }
      case "expect" -> {
        if (!RequestHeadReader.isContinue(line.value())) {
          throw InvalidRequest.because("The only expectation is 100-continue.");
        }
        expectsContinue = true;
      }
      case "te" -> {
        if (!line.value().equalsIgnoreCase("trailers")) {
          throw InvalidRequest.because("Over HTTP/2 TE is \"trailers\" or absent.");
        }
      }
      default -> {}
    }
  }

  private RequestHead request(boolean hasBody, ClientLimits limits) {
    String method = required(":method");
    if (!FieldName.isToken(method)) {
      throw InvalidRequest.because("The method is no token.");
    }
    if (method.equals("CONNECT")) {
      requireOnlyAuthority();
      throw new Refusal.MethodNotAllowed(method, METHODS);
    }
    if (!required(":scheme").equalsIgnoreCase("https")) {
      throw InvalidRequest.because("The :scheme of a request over this connection is https.");
    }
    String target = target(required(":path"));
    String host = host();
    if (method.length() + target.length() + REST_OF_LINE > limits.maxTargetLength()) {
      throw InvalidRequest.targetIsTooLong();
    }
    if (size > limits.maxHeadersSize()) {
      throw InvalidRequest.headersAreTooLarge();
    }
    return new RequestHead(
        method, target, lines, bodyLength(hasBody), expectsContinue && hasBody, false, host);
  }

  /** RFC 9113, section 8.5. */
  private void requireOnlyAuthority() {
    if (!pseudo.keySet().equals(Set.of(":method", ":authority"))) {
      throw InvalidRequest.because("CONNECT has :authority, and neither :scheme nor :path.");
    }
  }

  private String required(String name) {
    String value = pseudo.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw InvalidRequest.because("The request lacks " + name + ".");
    }
    return value;
  }

  private static String target(String path) {
    if (path.chars().anyMatch(c -> c <= 0x20 || c >= 0x7F)) {
      throw InvalidRequest.because(
          "A target holds no spaces, control characters or bytes outside ASCII.");
    }
    return path;
  }

  /** What the client called: {@code :authority}, {@code Host}, or both if they say the same. */
  private String host() {
    List<String> hosts = new ArrayList<>();
    for (HeaderLine line : lines) {
      if (line.name().equals("host")) {
        hosts.add(line.value());
      }
    }
    String host = pseudo.getOrDefault(":authority", hosts.isEmpty() ? "" : hosts.getFirst());
    if (host.isEmpty()) {
      throw InvalidRequest.because("The request lacks :authority.");
    }
    if (hosts.size() > 1 || !hosts.stream().allMatch(host::equalsIgnoreCase)) {
      throw InvalidRequest.because("Host may be sent once, and says the same as :authority.");
    }
    if (!HostField.isHost(host)) {
      throw InvalidRequest.because(":authority is a name or address, and perhaps a port.");
    }
    return host;
  }

  private OptionalLong bodyLength(boolean hasBody) {
    if (!hasBody && contentLength > 0) {
      throw InvalidRequest.because(
          "Content-Length announces " + contentLength + " bytes, but the request has no body.");
    }
    return hasBody && contentLength < 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, contentLength));
  }
}
