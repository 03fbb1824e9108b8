package dev.kinto.gateway;

import dev.kinto.gateway.log.Logging;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;

/** What whoever started the process waits for (contract C42). */
final class Announcement {
  private static final System.Logger LOG = System.getLogger(Announcement.class.getName());

  private Announcement() {}

  /** Tells it as it is promised, and in the log with its time. */
  static void tell(String line, PrintWriter out) {
    LOG.log(Level.INFO, line);
    Logging.flush(); // who reads it finds it in the log, too
    out.println(line);
    out.flush();
  }
}
