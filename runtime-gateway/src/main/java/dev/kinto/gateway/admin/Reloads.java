package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.ConfigurationView.ReloadView;
import dev.kinto.gateway.admin.ConfigurationView.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Since when the configuration in force holds, and what became of the last reload. Safe for use by
 * any number of threads.
 */
public final class Reloads {
  private final InstantSource clock;
  private volatile Instant inForceSince;
  private volatile Optional<ReloadView> last = Optional.empty();

  /** Of a gateway that starts now. */
  public Reloads(InstantSource clock) {
    this.clock = clock;
    this.inForceSince = clock.instant();
  }

  /**
   * A reload was taken.
   *
   * @param changes what it changed, names only
   */
  public void taken(List<String> changes) {
    inForceSince = clock.instant();
    last = Optional.of(new ReloadView(inForceSince, Result.TAKEN, changes, List.of()));
  }

  /**
   * A reload was refused, and all is as before.
   *
   * @param problems why, as the operator was told
   */
  public void refused(List<String> problems) {
    last = Optional.of(new ReloadView(clock.instant(), Result.REFUSED, List.of(), problems));
  }

  Instant inForceSince() {
    return inForceSince;
  }

  Optional<ReloadView> last() {
    return last;
  }
}
