package dev.kinto.gateway;

import java.io.PrintWriter;
import java.lang.System.Logger.Level;

/** What whoever started the process waits for (contract C42). */
final class Announcement {
  private static final System.Logger LOG = System.getLogger(Announcement.class.getName());

  private Announcement() {}

  /** Tells it as it is promised, and in the log with its time. */
  static void tell(String line, PrintWriter out) {
    LOG.log(Level.INFO, line);
    out.println(line);
    out.flush();
  }
}
