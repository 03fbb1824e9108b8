package dev.kinto.gateway.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answer of {@code GET /api/configuration}. */
@Doc("The configuration in force, and the last reload.")
record ConfigurationView(
    @Doc("SHA-256 of the configuration file in force, as hex digits") String digest,
    @Doc("The file") String file,
    @Doc("When it was taken up") Instant inForceSince,
    @Doc("What stands in it, in its order; all else has its default") List<SettingView> settings,
    @Doc("The session fields that sessions are found by, folded") List<String> indexed,
    @Doc("What an operator should know of it but need not mend") List<String> warnings,
    @Doc("The last time that it was read again, if it ever was") Optional<ReloadView> lastReload) {

  @Doc("A value of the file.")
  record SettingView(
      @Doc("Its key: clients[0].id") String key,
      @Doc("The line that it stands in") int line,
      @Doc("Its text, before placeholders are expanded; absent: it is a secret")
          Optional<String> value) {}

  /** What became of a reload. */
  enum Result {
    TAKEN,
    REFUSED
  }

  @Doc("A reload.")
  record ReloadView(
      @Doc("When it was tried; one that is refused is tried again every few seconds") Instant at,
      @Doc("TAKEN, or REFUSED: then all is as before") Result result,
      @Doc("What it changed, names only") List<String> changes,
      @Doc("Why it was refused, each with file and line") List<String> problems) {}
}
