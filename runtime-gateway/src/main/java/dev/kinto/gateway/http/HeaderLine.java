package dev.kinto.gateway.http;

import java.util.Locale;

/**
 * One header field line, of a request or an answer.
 *
 * @param name the name as it goes over the wire
 * @param lowerCaseName the name in lower case, for comparisons
 * @param value the value without outer white space; each character is one byte (ISO 8859-1)
 */
public record HeaderLine(String name, String lowerCaseName, String value) {

  /** A line of a name in any case. */
  public static HeaderLine of(String name, String value) {
    return new HeaderLine(name, name.toLowerCase(Locale.ROOT), value);
  }

  /** Shows no value: it may be a token, a cookie or a user's. */
  @Override
  public String toString() {
    return "HeaderLine[" + name + "]";
  }
}
