package dev.kinto.client;

import okhttp3.HttpUrl;

/** Scheme, host and port: the border that a token never crosses. */
final class Origin {
  private final HttpUrl url;

  Origin(HttpUrl url) {
    this.url = url;
  }

  boolean contains(HttpUrl other) {
    return url.scheme().equals(other.scheme())
        && url.host().equals(other.host())
        && url.port() == other.port();
  }
}
