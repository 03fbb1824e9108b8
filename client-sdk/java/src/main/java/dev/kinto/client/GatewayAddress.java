package dev.kinto.client;

import okhttp3.HttpUrl;

/** Where the gateway is: the border that neither a token nor a path crosses. */
final class GatewayAddress {
  private final HttpUrl base;

  /** An address; it ends with a slash here, so that a path of its own stays in front of others. */
  GatewayAddress(String url) {
    HttpUrl.Builder builder = HttpUrl.get(url).newBuilder().query(null).fragment(null);
    base = builder.addPathSegments("").build();
  }

  /** The address with a slash at its end. */
  HttpUrl base() {
    return base;
  }

  /** Whether a URL has the gateway's scheme, host and port. */
  boolean contains(HttpUrl other) {
    return base.scheme().equals(other.scheme())
        && base.host().equals(other.host())
        && base.port() == other.port();
  }

  /**
   * The URL of a path and query behind the gateway; one slash may stand before it.
   *
   * @throws IllegalArgumentException if the text says anything else, such as another host, or what
   *     the gateway refuses in each path (contract C21)
   */
  HttpUrl url(String path) {
    String rest = path.startsWith("/") ? path.substring(1) : path;
    int query = rest.indexOf('?');
    String segments = query < 0 ? rest : rest.substring(0, query);
    require(path, rest.indexOf('#') < 0, "a # in it must be written %23");
    require(path, rest.chars().allMatch(c -> c >= 0x20 && c != 0x7F), "it has control characters");
    require(path, rest.equals(rest.strip()), "a space at an end must be written %20");
    require(path, segments.indexOf('\\') < 0, "a \\ in it must be written %5C");
    require(
        path, !(segments + "/").startsWith("/") || segments.isEmpty(), "it has an empty segment");
    require(path, !segments.contains("//"), "it has an empty segment");
    for (String segment : segments.split("/", -1)) {
      String dots = segment.replaceAll("(?i)%2e", ".");
      require(path, !dots.equals(".") && !dots.equals(".."), "it has a . or .. as segment");
    }
    return HttpUrl.get(base + rest);
  }

  private static void require(String path, boolean holds, String reason) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Not a path behind the gateway, such as articles/articles?page=2: "
              + reason
              + ". Found: "
              + path);
    }
  }
}
