package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.GridSettings.GridTls;
import dev.kinto.gateway.tls.MutualTls;
import dev.kinto.gateway.tls.PemFiles;
import javax.cache.configuration.Factory;
import javax.net.ssl.SSLContext;
import org.apache.ignite.ssl.SSLContextWrapper;

/** The TLS of all ports of a node, and of clients of the grid (contract C38). */
final class GridSslContext {
  private GridSslContext() {}

  /** What Ignite asks for a context; it gets the same one for every port. */
  static Factory<SSLContext> factory(GridTls tls) {
    MutualTls mutual = new MutualTls(new PemFiles(tls.certificate(), tls.key()), tls.trust());
    SSLContext context = new SSLContextWrapper(mutual.context(), MutualTls.parameters());
    return () -> context;
  }
}
