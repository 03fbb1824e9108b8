package dev.kinto.gateway.http2;

/**
 * A header field or pseudo-header field of a message.
 *
 * @param name the name as it goes over the wire, in lower case if it is as it should be
 * @param value the value; each character is one byte (ISO 8859-1)
 */
public record Field(String name, String value) {

  /** Whether it is a pseudo-header field (RFC 9113, section 8.3). */
  public boolean isPseudo() {
    return name.startsWith(":");
  }

  /** Shows no value: it may be a token, a cookie or a user's. */
  @Override
  public String toString() {
    return "Field[" + name + "]";
  }
}
