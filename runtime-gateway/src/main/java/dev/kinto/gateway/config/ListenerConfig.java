package dev.kinto.gateway.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a listener listens (contract C18).
 *
 * @param host an address or host name of this machine, as the file has it
 * @param address what that is
 * @param port 0 for any free one
 * @param hosts the names that it answers for, in lower case; empty: whatever the client calls it
 * @param tls for HTTPS; empty for HTTP
 * @param http2 whether clients may choose HTTP/2 in the TLS handshake
 * @param proxyProtocol whether every connection begins with the PROXY protocol
 */
public record ListenerConfig(
    String host,
    InetAddress address,
    int port,
    List<String> hosts,
    Optional<TlsConfig> tls,
    boolean http2,
    boolean proxyProtocol) {
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?";
  private static final String HOST_NAME = LABEL + "(\\." + LABEL + ")*|\\[[0-9a-f:.]+]";

  private static final String NOT_OURS =
      "an address of this machine is wanted, or a name of one, without brackets and port:"
          + " \"127.0.0.1\", \"::1\", or \"0.0.0.0\" for all.";

  /** An address as the file has it, and what that is. */
  private record Host(String text, InetAddress address) {
    static final Host LOOPBACK = new Host("127.0.0.1", InetAddress.ofLiteral("127.0.0.1"));
  }

  /** Copies the list. */
  public ListenerConfig {
    hosts = List.copyOf(hosts);
  }

  static ListenerConfig read(Section listeners, String name, int defaultPort) {
    Section section = listeners.section(name);
    Host host = section.optional("host", text -> host(text, section)).orElse(Host.LOOPBACK);
    section.refuseEmpty("hosts", "Name a host, or leave this out to answer for every name.");
    ListenerConfig listener =
        new ListenerConfig(
            host.text(),
            host.address(),
            section.optional("port", Scalars::port).orElse(defaultPort),
            section.list("hosts", ListenerConfig::hostName),
            section.has("tls") ? TlsConfig.read(section.section("tls")) : Optional.empty(),
            section.flag("http2", false),
            section.flag("proxyProtocol", false));
    if (listener.http2() && !section.has("tls")) {
      section.problem(
          "http2",
          "HTTP/2 is spoken over TLS only, where clients choose it in the handshake. Give the"
              + " listener its \"tls\", or leave this out.",
          section.at("tls"));
    }
    section.refuseOthers();
    return listener;
  }

  private static Host host(String text, Section section) {
    // Of an empty name Java makes loopback; brackets are for where a port follows.
    if (!text.isEmpty() && text.charAt(0) != '[') {
      try {
        return new Host(text, section.addressOf(text));
      } catch (UnknownHostException e) {
        // said below
      }
    }
    throw new IllegalArgumentException(NOT_OURS);
  }

  /** Notes an address that is none of this machine: none that a socket can be bound to. */
  void requireOwn(String name, ConfigErrors problems) {
    try (ServerSocket bound = new ServerSocket()) {
      bound.bind(new InetSocketAddress(address, 0), 1);
    } catch (IOException e) {
      problems.found("listeners." + name + ".host", NOT_OURS, "listeners." + name + ".host");
    }
  }

  private static String hostName(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.matches(HOST_NAME)) {
      throw new IllegalArgumentException(
          "a host name is wanted, without scheme, port and \"*\": \"api.example.com\".");
    }
    return lower;
  }

  /** Whether both want the same address; a port that the system chooses is nobody else's. */
  boolean hasAddressOf(ListenerConfig other) {
    return port != 0 && port == other.port && address.equals(other.address);
  }

  /** Whether not both can have what they want: who listens everywhere leaves nothing to others. */
  boolean standsInTheWayOf(ListenerConfig other) {
    return port != 0
        && port == other.port
        && (address.isAnyLocalAddress()
            || other.address.isAnyLocalAddress()
            || address.equals(other.address));
  }
}
