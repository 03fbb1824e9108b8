package dev.kinto.gateway.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of requests: 32 hex digits, never the client's own (contract C31). They name a request in
 * logs and answers and protect nothing, so they need no secure random source.
 */
public final class RequestIds {
  private static final HexFormat HEX = HexFormat.of();

  private RequestIds() {}

  /** A new id. */
  public static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
  }
}
