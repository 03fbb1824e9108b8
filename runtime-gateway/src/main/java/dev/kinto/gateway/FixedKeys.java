package dev.kinto.gateway;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.ConfigErrors;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.ListenerConfig;
import dev.kinto.gateway.config.TlsConfig;
import dev.kinto.gateway.config.TracingConfig;
import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.grid.GridSettings.Client;
import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.Embedded;
import dev.kinto.gateway.grid.GridSettings.Storage;
import dev.kinto.gateway.tls.PemFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The keys that hold from the start of a gateway to its end (contract C42). */
final class FixedKeys {
  /** Keys whose default goes by another key: the change of that one is what is to be mended. */
  private static final Map<String, String> DERIVED =
      Map.of(
          "webSocketLimits.total", "maxCalls",
          "webSocketLimits.perClient", "webSocketLimits.total",
          "webSocketLimits.perSession", "webSocketLimits.total");

  private final Map<String, Object> values = new LinkedHashMap<>();

  private FixedKeys(GatewayConfig config) {
    listener("listeners.api.", config.listeners().api());
    listener("listeners.public.", config.listeners().open());
    listener("listeners.admin.", config.listeners().admin());
    values.put("engine", config.engine());
    clientLimits(config.clientLimits());
    values.put("maxCalls", config.maxCalls());
    values.put("webSocketLimits.total", config.webSocketLimits().total());
    values.put("webSocketLimits.perClient", config.webSocketLimits().perClient());
    values.put("webSocketLimits.perSession", config.webSocketLimits().perSession());
    values.put("drain.delay", config.drain().delay());
    values.put("drain.timeout", config.drain().timeout());
    grid(config.grid());
    values.put("tracing.otlp", config.tracing().map(TracingConfig::endpoint));
    values.put("tracing.ratio", config.tracing().map(TracingConfig::ratio));
    values.put("tracing.serviceName", config.tracing().map(TracingConfig::serviceName));
    values.put("metrics.enabled", config.metrics());
    values.put("recentRequests.count", config.recentRequests().count());
    values.put("recentRequests.memory", config.recentRequests().bytes());
    values.put("dataDirectory", config.dataDirectory());
  }

  /** Notes each key that a running gateway cannot change; its values are nobody's business. */
  static void check(GatewayConfig running, ConfigDraft next) {
    Map<String, Object> before = new FixedKeys(running).values;
    Map<String, Object> after = new FixedKeys(next.readable()).values;
    after
        .keySet()
        .forEach(
            key -> {
              String source = DERIVED.getOrDefault(key, key);
              boolean derived = !key.equals(source) && differ(source, before, after);
              if (differ(key, before, after) && !derived) {
                next.problems().at(key, ConfigErrors.FIXED, key);
              }
            });
  }

  private static boolean differ(String key, Map<String, Object> before, Map<String, Object> after) {
    return !Objects.equals(before.get(key), after.get(key));
  }

  /** That a certificate is another one by now needs no restart, if it lies where it lay. */
  private void listener(String key, ListenerConfig listener) {
    values.put(key + "host", listener.host());
    values.put(key + "port", listener.port());
    values.put(key + "hosts", listener.hosts());
    Optional<PemFiles> files = listener.tls().map(TlsConfig::files);
    values.put(key + "tls.certificate", files.map(PemFiles::certificate));
    values.put(key + "tls.key", files.map(PemFiles::key));
    values.put(key + "tls.minVersion", listener.tls().map(TlsConfig::minVersion));
    values.put(key + "http2", listener.http2());
    values.put(key + "proxyProtocol", listener.proxyProtocol());
  }

  private void clientLimits(ClientLimits limits) {
    values.put("clientLimits.maxTargetLength", limits.maxTargetLength());
    values.put("clientLimits.maxHeadersSize", limits.maxHeadersSize());
    values.put("clientLimits.maxBodySize", limits.maxBodySize());
    values.put("clientLimits.headTimeout", limits.head());
    values.put("clientLimits.idleTimeout", limits.idle());
    values.put("clientLimits.bodyTimeout", limits.body());
    values.put("clientLimits.writeTimeout", limits.write());
    values.put("clientLimits.maxConnections", limits.maxConnections());
  }

  private void grid(GridSettings grid) {
    values.put("grid.mode", grid.getClass());
    switch (grid) {
      case Embedded embedded -> storage(embedded.storage());
      case Cluster cluster -> {
        storage(cluster.storage());
        values.put("grid.name", cluster.name());
        values.put("grid.address", cluster.address());
        values.put("grid.members", cluster.members());
        values.put("grid.size", cluster.size());
        values.put("grid.tiebreaker", cluster.tiebreaker());
        values.put("grid.backups", cluster.backups());
        values.put("grid.tls", cluster.tls());
      }
      case Client client -> {
        values.put("grid.name", client.name());
        values.put("grid.members", client.members());
        values.put("grid.tls", client.tls());
      }
    }
  }

  private void storage(Storage storage) {
    values.put("grid.memory", storage.memory());
    values.put("grid.persistence", storage.persistence());
    values.put("grid.fsync", storage.fsync());
  }
}
