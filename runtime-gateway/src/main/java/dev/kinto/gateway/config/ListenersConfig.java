package dev.kinto.gateway.config;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The listeners (contract C18). Those that want one address are told apart by host name.
 *
 * @param api where applications call, with a token
 * @param open where public addresses answer, without one
 * @param admin where operators ask
 */
public record ListenersConfig(ListenerConfig api, ListenerConfig open, ListenerConfig admin) {

  /** What says where a listener listens. */
  private static final List<String> ADDRESS = List.of("host", "port");

  /** What listeners of one address must agree on. */
  private static final List<String> SHARED =
      List.of("host", "port", "hosts", "tls", "http2", "proxyProtocol");

  static ListenersConfig read(Section section) {
    ListenersConfig listeners =
        new ListenersConfig(
            ListenerConfig.read(section, "api", 8080),
            ListenerConfig.read(section, "public", 8081),
            ListenerConfig.read(section, "admin", 9090));
    section.refuseOthers();
    listeners.checkAddresses(section);
    return listeners;
  }

  private void checkAddresses(Section section) {
    if (admin.standsInTheWayOf(api) || admin.standsInTheWayOf(open)) {
      section.problem(
          "admin",
          "the admin listener shares its port with no other. Give it its own.",
          keys(section, ADDRESS, "api", "public", "admin"));
    }
    if (shareAddress()) {
      checkShared(section, keys(section, SHARED, "api", "public"));
    } else if (open.standsInTheWayOf(api)) {
      section.problem(
          "public",
          "the listeners api and public have one port, and one of them listens on every address."
              + " Give both the same \"host\", or another port.",
          keys(section, ADDRESS, "api", "public"));
    }
  }

  private static String[] keys(Section section, List<String> keys, String... listeners) {
    return Stream.of(listeners)
        .flatMap(listener -> keys.stream().map(key -> section.at(listener + "." + key)))
        .toArray(String[]::new);
  }

  /** Notes each listener whose address is none of this machine. */
  public void requireOwn(ConfigErrors problems) {
    api.requireOwn("api", problems);
    open.requireOwn("public", problems);
    admin.requireOwn("admin", problems);
  }

  /**
   * What the host of one of them stands for.
   *
   * @throws IllegalArgumentException for any other: listeners stay where they are
   */
  InetAddress addressOf(String host) {
    return Stream.of(api, open, admin)
        .filter(listener -> listener.host().equals(host))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(ConfigErrors.FIXED))
        .address();
  }

  /** Whether api and public listen on one address. */
  public boolean shareAddress() {
    return api.hasAddressOf(open);
  }

  /** Whether connections to a listener say themselves whose they are. */
  boolean haveProxyProtocol() {
    return api.proxyProtocol() || open.proxyProtocol();
  }

  private void checkShared(Section section, String... premises) {
    if (api.hosts().isEmpty() || open.hosts().isEmpty()) {
      section.problem(
          "public",
          "the listeners api and public have the same address: give each its \"hosts\", by which"
              + " requests are told apart, or another port.",
          premises);
    }
    for (int i = 0; i < open.hosts().size(); i++) {
      if (api.hosts().contains(open.hosts().get(i))) {
        section.found(
            "public.hosts[" + i + "]",
            "the listener api answers for this name already. Remove one.",
            premises);
      }
    }
    if (!api.tls().map(TlsConfig::minVersion).equals(open.tls().map(TlsConfig::minVersion))
        || api.http2() != open.http2()
        || api.proxyProtocol() != open.proxyProtocol()) {
      section.problem(
          "public",
          "listeners of one address must agree on whether there is \"tls\", on its \"minVersion\","
              + " on \"http2\" and on \"proxyProtocol\".",
          premises);
    }
  }
}
