package dev.kinto.gateway.config;

/**
 * The listeners (contract C18). Those that want one address are told apart by host name.
 *
 * @param api where applications call, with a token
 * @param open where public addresses answer, without one
 */
public record ListenersConfig(ListenerConfig api, ListenerConfig open) {

  static ListenersConfig read(Section section) {
    ListenerConfig api = ListenerConfig.read(section, "api", 8080);
    ListenerConfig open = ListenerConfig.read(section, "public", 8081);
    ListenerConfig admin = ListenerConfig.read(section, "admin", 9090);
    section.refuseOthers();
    if (admin.standsInTheWayOf(api) || admin.standsInTheWayOf(open)) {
      section.problem(
          "admin", "the admin listener shares its port with no other. Give it its own.");
    }
    ListenersConfig listeners = new ListenersConfig(api, open);
    if (listeners.shareAddress()) {
      checkShared(section, api, open);
    } else if (open.standsInTheWayOf(api)) {
      section.problem(
          "public",
          "the listeners api and public have one port, and one of them listens on every address."
              + " Give both the same \"host\", or another port.");
    }
    return listeners;
  }

  /** Whether both listen on one address. */
  public boolean shareAddress() {
    return api.hasAddressOf(open);
  }

  private static void checkShared(Section section, ListenerConfig api, ListenerConfig open) {
    if (api.hosts().isEmpty() || open.hosts().isEmpty()) {
      section.problem(
          "public",
          "the listeners api and public have the same address: give each its \"hosts\", by which"
              + " requests are told apart, or another port.");
    }
    for (String host : open.hosts()) {
      if (api.hosts().contains(host)) {
        section.problem(
            "public", "the listener api answers for \"" + host + "\" already. Remove one.");
      }
    }
    if (!api.tls().map(TlsConfig::minVersion).equals(open.tls().map(TlsConfig::minVersion))
        || api.http2() != open.http2()
        || api.proxyProtocol() != open.proxyProtocol()) {
      section.problem(
          "public",
          "listeners of one address must agree on whether there is \"tls\", on its \"minVersion\","
              + " on \"http2\" and on \"proxyProtocol\".");
    }
  }
}
