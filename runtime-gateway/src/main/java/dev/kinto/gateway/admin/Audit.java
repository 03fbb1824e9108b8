package dev.kinto.gateway.admin;

import dev.kinto.gateway.log.VisibleText;
import java.lang.System.Logger.Level;

/**
 * One line in the log for each change that an operator makes, and for each look at whole sessions
 * of somebody: who, by the id of the secret, what, and how many (contract C44). Never a value.
 */
final class Audit {
  private static final System.Logger LOG = System.getLogger(Audit.class.getName());

  private Audit() {}

  static void done(String operator, String requestId, String what) {
    LOG.log(
        Level.INFO,
        "Audit: operator {0} {1} (request {2})",
        operator,
        VisibleText.of(what),
        requestId);
  }

  static void wrongSecret(String address) {
    LOG.log(Level.WARNING, "Audit: a secret that is no operator''s was sent from {0}", address);
  }
}
