package dev.kinto.gateway.config;

import java.util.List;

/**
 * A configuration that was read and may be wrong: as much of it as could be read, and what is wrong
 * so far. Whoever can tell more (the manifests, a gateway that is running) notes it here, and
 * {@link #orThrow} is the one place where anything is refused, for all of it at once (contract
 * C42).
 */
public final class ConfigDraft {
  private final GatewayConfig config;
  private final ConfigErrors problems;

  ConfigDraft(GatewayConfig config, ConfigErrors problems) {
    this.config = config;
    this.problems = problems;
  }

  /** One that was good already, to be judged again with something else. */
  public static ConfigDraft of(GatewayConfig config) {
    return new ConfigDraft(config, new ConfigErrors(config.places()));
  }

  /**
   * What could be read, to look for more problems; what could not has its default, or is absent.
   */
  public GatewayConfig readable() {
    return config;
  }

  /** What is wrong so far. */
  public ConfigErrors problems() {
    return problems;
  }

  /**
   * The configuration, to work with.
   *
   * @throws InvalidConfigException that lists every problem, if there is any
   */
  public GatewayConfig orThrow() throws InvalidConfigException {
    List<String> listed = problems.listed();
    if (!listed.isEmpty()) {
      throw new InvalidConfigException(listed);
    }
    return config;
  }
}
