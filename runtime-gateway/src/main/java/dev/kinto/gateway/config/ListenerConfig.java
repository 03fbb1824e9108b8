package dev.kinto.gateway.config;

/**
 * Where a listener listens (contract C18).
 *
 * @param host an address or host name of this machine
 * @param port 0 for any free one
 */
public record ListenerConfig(String host, int port) {

  static ListenerConfig read(Section section, int defaultPort) {
    ListenerConfig listener =
        new ListenerConfig(
            section.optional("host", text -> text).orElse("127.0.0.1"),
            section.port("port", defaultPort));
    section.refuseOthers();
    return listener;
  }
}
