package dev.kinto.gateway.session;

/**
 * How large a session may grow (contract C29).
 *
 * @param maxBytes greatest size of all names and values together
 * @param maxFields greatest number of fields
 */
record SessionLimits(int maxBytes, int maxFields) {
  static final SessionLimits DEFAULT = new SessionLimits(64 * 1024, 256);
}
