package dev.kinto.gateway.http1;

import java.io.IOException;

/** A message that is not the HTTP that contract C35 lets through. */
public final class MalformedMessageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What there is to tell apart, besides the reason. */
  public enum Kind {
    /** Not HTTP/1.1. */
    MALFORMED,
    /** Another version of HTTP. */
    VERSION,
    /** The framing is clear, with a transfer coding below it that is not spoken here. */
    CODING
  }

  private final Kind kind;

  /**
   * A message that is malformed.
   *
   * @param reason what is wrong in it, as in "a folded line"
   */
  public MalformedMessageException(String reason) {
    this(Kind.MALFORMED, reason);
  }

  MalformedMessageException(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What is wrong in it. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
