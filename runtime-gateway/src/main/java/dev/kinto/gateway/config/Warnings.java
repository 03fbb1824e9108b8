package dev.kinto.gateway.config;

import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.grid.Member;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is allowed, but opens more than an operator may have meant (contract C43). */
final class Warnings {
  /** Wider ranges than these are nobody's private network (RFC 1918: /8, RFC 4193: /7). */
  private static final int WIDEST_4 = 8;

  private static final int WIDEST_6 = 7;

  private final Places places;
  private final List<String> all = new ArrayList<>();

  Warnings(Places places) {
    this.places = places;
  }

  List<String> all() {
    return all;
  }

  private void at(String key, String text) {
    all.add(places.of(key) + ": " + text);
  }

  void ofListeners(ListenersConfig listeners, List<AddressRange> trustedProxies) {
    ofListener("api", listeners.api(), trustedProxies.isEmpty());
    ofListener("public", listeners.open(), trustedProxies.isEmpty());
    for (int i = 0; i < trustedProxies.size(); i++) {
      AddressRange range = trustedProxies.get(i);
      int widest = range.first() instanceof Inet4Address ? WIDEST_4 : WIDEST_6;
      if (range.prefixLength() < widest) {
        at(
            "trustedProxies[" + i + "]",
            "so wide a range makes almost everybody a trusted proxy, and any client says itself"
                + " which address it has. List the networks of your proxies.");
      }
    }
  }

  private void ofListener(String name, ListenerConfig listener, boolean anyProxy) {
    if (listener.tls().isEmpty() && !listener.address().isLoopbackAddress()) {
      at(
          "listeners." + name + ".host",
          "this listener can be reached from other machines and is not encrypted: who listens on"
              + " the way reads its tokens and sessions. Give it \"tls\", or see to it that only a"
              + " proxy that has TLS reaches it.");
    }
    if (listener.proxyProtocol() && anyProxy) {
      at(
          "listeners." + name + ".proxyProtocol",
          "whoever reaches this listener may say which address he has. List the load balancers in"
              + " \"trustedProxies\".");
    }
  }

  /** Operators send their secrets to it. */
  void ofAdmin(ListenerConfig listener) {
    if (listener.tls().isEmpty() && !listener.address().isLoopbackAddress()) {
      at(
          "listeners.admin.host",
          "this listener can be reached from other machines and is not encrypted: who listens on"
              + " the way reads operators' secrets, and sees and ends every session with them. Give"
              + " it \"tls\", or let only a proxy that has TLS reach it.");
    }
  }

  void ofGrid(GridSettings grid) {
    boolean open =
        switch (grid) {
          case GridSettings.Embedded _ -> false;
          case GridSettings.Cluster cluster ->
              cluster.tls().isEmpty() && !Hosts.isLoopback(cluster.address().host());
          case GridSettings.Client client ->
              client.tls().isEmpty()
                  && !client.members().stream().map(Member::host).allMatch(Hosts::isLoopback);
        };
    if (open) {
      at(
          "grid.insecure",
          "the grid has no TLS: whoever reaches its ports reads and changes every session, and"
              + " whoever listens on the way reads them. Let nobody but its nodes reach them.");
    }
  }

  void ofClients(Map<String, ClientConfig> clients) {
    if (clients.isEmpty()) {
      at(
          "clients",
          "there is no client, so nobody gets a token and every call is refused. \"client new\""
              + " prints one.");
    }
    Map<SecretHash, String> owners = new HashMap<>();
    int index = 0;
    for (ClientConfig client : clients.values()) {
      String key = "clients[" + index++ + "].secretHash";
      for (SecretHash hash : client.secrets().all()) {
        String other = owners.put(hash, client.id());
        if (other != null) {
          at(
              key,
              "the client \""
                  + other
                  + "\" has the same secret: each can be the other. \"client new\" prints another"
                  + " one.");
        }
      }
    }
  }

  void ofSecretFile(Path file) {
    SecretFile.exposure(file).ifPresent(all::add);
  }
}
