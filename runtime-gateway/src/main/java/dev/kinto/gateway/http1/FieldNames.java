package dev.kinto.gateway.http1;

import java.util.List;
import java.util.Locale;

/**
 * Names of header fields in lower case, of which the usual ones are found and not made: a hash
 * table with open addressing that never grows, whatever clients send.
 */
final class FieldNames {
  private static final int SIZE = 512;
  private static final String[] TABLE = new String[SIZE];

  static {
    List.of(
            "accept accept-charset accept-encoding accept-language accept-ranges",
            "access-control-allow-credentials access-control-allow-headers",
            "access-control-allow-methods access-control-allow-origin",
            "access-control-expose-headers access-control-max-age",
            "access-control-request-headers access-control-request-method",
            "age allow authorization cache-control connection content-disposition",
            "content-encoding content-language content-length content-location content-range",
            "content-security-policy content-type cookie date dnt etag expect expires forwarded",
            "from host if-match if-modified-since if-none-match if-range if-unmodified-since",
            "keep-alive kinto-authorization last-modified link location origin pragma priority",
            "proxy-authorization proxy-connection range referer referrer-policy retry-after",
            "sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest sec-fetch-mode",
            "sec-fetch-site sec-fetch-user sec-websocket-accept sec-websocket-extensions",
            "sec-websocket-key sec-websocket-protocol sec-websocket-version server set-cookie",
            "strict-transport-security te traceparent tracestate trailer transfer-encoding",
            "upgrade upgrade-insecure-requests user-agent vary via warning www-authenticate",
            "x-content-type-options x-forwarded-for x-forwarded-host x-forwarded-port",
            "x-forwarded-prefix x-forwarded-proto x-frame-options x-powered-by x-real-ip",
            "x-request-id x-requested-with")
        .forEach(line -> List.of(line.split(" ", -1)).forEach(FieldNames::put));
  }

  private FieldNames() {}

  private static void put(String name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = next(hash, (byte) name.charAt(i));
    }
    int at = slot(hash);
    while (TABLE[at] != null) {
      at = (at + 1) % SIZE;
    }
    TABLE[at] = name;
  }

  /** The hash of a name with one byte more, in any case: it begins with 0. */
  static int next(int hash, byte b) {
    return 31 * hash + (b | 0x20);
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 16) & (SIZE - 1);
  }

  /**
   * The name that these bytes are, in lower case.
   *
   * @param hash of them all
   */
  static String lowerCase(byte[] bytes, int from, int to, int hash) {
    int at = slot(hash);
    for (String known = TABLE[at]; known != null; known = TABLE[at]) {
      if (isLowerCase(known, bytes, from, to)) {
        return known;
      }
      at = (at + 1) % SIZE;
    }
    return HeadReader.text(bytes, from, to).toLowerCase(Locale.ROOT);
  }

  private static boolean isLowerCase(String known, byte[] bytes, int from, int to) {
    if (known.length() != to - from) {
      return false;
    }
    for (int i = 0; i < known.length(); i++) {
      byte b = bytes[from + i];
      char lowerCase = (char) (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
      if (known.charAt(i) != lowerCase) {
        return false;
      }
    }
    return true;
  }
}
