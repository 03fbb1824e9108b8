package dev.kinto.gateway.session;

/**
 * How much sessions may hold and move (contract C29). Bytes are those of names and values in their
 * wire form.
 *
 * @param maxValueBytes greatest size of one value
 * @param maxAnswerBytes greatest size of all session fields that one answer sets
 * @param maxRequestBytes greatest size of all session fields that one request is sent
 * @param maxSessionBytes greatest size of a session
 * @param maxFields greatest number of a session's fields
 */
public record SessionLimits(
    int maxValueBytes,
    int maxAnswerBytes,
    int maxRequestBytes,
    int maxSessionBytes,
    int maxFields) {
  /**
   * What holds where the configuration says nothing else: 8 KiB, which Tomcat and nginx take and
   * Node doubles, and 64 KiB in 256 fields.
   */
  public static final SessionLimits DEFAULT =
      new SessionLimits(8 * 1024, 8 * 1024, 8 * 1024, 64 * 1024, 256);
}
