package dev.kinto.gateway;

import dev.kinto.gateway.GatewayServer.Handlers;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.ListenerConfig;
import dev.kinto.gateway.config.ListenersConfig;
import dev.kinto.gateway.config.TlsConfig;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.http.VirtualHosts;
import dev.kinto.gateway.listen.HttpServer;
import dev.kinto.gateway.listen.HttpServer.Listener;
import dev.kinto.gateway.observe.Observers;
import dev.kinto.gateway.socket.EventLoops;
import dev.kinto.gateway.tls.ServerTls;
import dev.kinto.gateway.tls.ServerTls.Site;
import dev.kinto.gateway.tls.TlsVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * What listens where: of the configured listeners those that share an address become one, which
 * tells its requests apart by the host name that they call (contract C18).
 */
final class Listeners {
  static final String API = "api";
  static final String PUBLIC = "public";
  private static final String ADMIN = "admin";

  /** The name of the one listener where both share an address. */
  private static final String BOTH = "api and public";

  private final GatewayConfig gateway;
  private final ListenersConfig config;

  Listeners(GatewayConfig gateway) {
    this.gateway = gateway;
    this.config = gateway.listeners();
  }

  /** What an operator should know of the listeners' certificates. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    warning(API, config.api()).ifPresent(warnings::add);
    warning(PUBLIC, config.open()).ifPresent(warnings::add);
    warning(ADMIN, config.admin()).ifPresent(warnings::add);
    return warnings;
  }

  private Optional<String> warning(String name, ListenerConfig listener) {
    return listener
        .tls()
        .flatMap(TlsConfig::warning)
        .map(text -> gateway.places().of("listeners." + name + ".tls") + ": " + text);
  }

  /** The addresses that are taken. */
  Map<String, InetSocketAddress> addresses() {
    Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    addresses.put(serverName(API), address(config.api()));
    addresses.put(serverName(PUBLIC), address(config.open()));
    addresses.put(ADMIN, address(config.admin()));
    return addresses;
  }

  private static InetSocketAddress address(ListenerConfig listener) {
    return new InetSocketAddress(listener.address(), listener.port());
  }

  /**
   * What to start, under the same names.
   *
   * @param loops for what must not wait; operators' questions may take long to answer
   */
  Map<String, Listener> serving(
      Handlers handlers, Observers observers, Optional<EventLoops> loops) {
    Map<String, List<Part>> parts = new LinkedHashMap<>();
    parts
        .computeIfAbsent(serverName(API), _ -> new ArrayList<>())
        .add(new Part(config.api(), handlers.api()));
    parts
        .computeIfAbsent(serverName(PUBLIC), _ -> new ArrayList<>())
        .add(new Part(config.open(), handlers.open()));
    Map<String, Listener> listeners = new LinkedHashMap<>();
    parts.forEach(
        (name, ofOneAddress) ->
            listeners.put(
                name, listener(ofOneAddress, handler(ofOneAddress), loops, observers, false)));
    listeners.put(
        ADMIN,
        listener(
            List.of(new Part(config.admin(), handlers.admin())),
            handlers.admin(),
            Optional.empty(),
            Observers.NONE,
            true));
    return listeners;
  }

  /**
   * By which the admin listener may be called: those that operators list, and the one that they
   * listen by.
   */
  Set<String> adminNames() {
    Set<String> names = new HashSet<>(config.admin().hosts());
    names.add(config.admin().host().toLowerCase(Locale.ROOT));
    return names;
  }

  private Listener listener(
      List<Part> parts,
      ExchangeHandler handler,
      Optional<EventLoops> loops,
      Observers observers,
      boolean http10) {
    ListenerConfig first = parts.getFirst().config();
    return new Listener(
        first.host(),
        first.port(),
        tls(parts),
        http10,
        first.http2(),
        first.proxyProtocol() ? Optional.of(this::mayAnnounce) : Optional.empty(),
        loops,
        handler,
        observers,
        gateway.clientLimits());
  }

  /** With listed proxies only they may say whose connection it is (contract C31). */
  private boolean mayAnnounce(InetAddress address) {
    return gateway.trustedProxies().isEmpty() || gateway.isTrustedProxy(address);
  }

  private static Optional<SSLContext> tls(List<Part> parts) {
    List<Site> sites = new ArrayList<>();
    TlsVersion least = TlsVersion.TLS_1_2;
    for (Part part : parts) {
      if (part.config().tls().isPresent()) {
        TlsConfig tls = part.config().tls().get();
        sites.add(new Site(tls.files(), part.config().hosts()));
        least = tls.minVersion();
      }
    }
    return sites.isEmpty() ? Optional.empty() : Optional.of(ServerTls.context(sites, least));
  }

  private static ExchangeHandler handler(List<Part> parts) {
    Map<String, ExchangeHandler> byHost = new HashMap<>();
    for (Part part : parts) {
      part.config().hosts().forEach(host -> byHost.put(host, part.handler()));
    }
    return byHost.isEmpty() ? parts.getFirst().handler() : new VirtualHosts(byHost);
  }

  /** Where applications call. */
  URI api(HttpServer server) {
    return uri(config.api(), server.port(serverName(API)));
  }

  /** Where public addresses answer. */
  URI open(HttpServer server) {
    return uri(config.open(), server.port(serverName(PUBLIC)));
  }

  /** Where operators ask. */
  URI admin(HttpServer server) {
    return uri(config.admin(), server.port(ADMIN));
  }

  /** Where a listener is reached that has this port. */
  static URI uri(ListenerConfig listener, int port) {
    String scheme = listener.tls().isPresent() ? "https://" : "http://";
    String host = listener.host().indexOf(':') < 0 ? listener.host() : "[" + listener.host() + "]";
    return URI.create(scheme + host + ":" + port);
  }

  private String serverName(String listener) {
    return config.shareAddress() ? BOTH : listener;
  }

  /** A listener, and what answers on it. */
  private record Part(ListenerConfig config, ExchangeHandler handler) {}
}
