package dev.kinto.gateway.config;

/**
 * Which microservice of which environment.
 *
 * @param environment the environment's name
 * @param service the microservice's name
 */
public record ServiceId(String environment, String service) {
  /** As the log names it: {@code demo/auth}. */
  @Override
  public String toString() {
    return environment + "/" + service;
  }
}
