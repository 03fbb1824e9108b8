package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.config.UpstreamTls;
import dev.kinto.gateway.tls.Trust;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Puts TLS on connections to upstreams whose certificate is trusted and has their name. */
final class TlsSockets {
  private final SSLSocketFactory factory;

  TlsSockets(UpstreamTls tls) {
    this.factory = Trust.context(tls.trusted()).getSocketFactory();
  }

  /**
   * Makes the handshake (RFC 9110, section 4.3.4).
   *
   * @throws IOException if it fails or takes longer than the limit; the socket is of no use then
   */
  SSLSocket over(Transport connected, HttpOrigin origin, Duration limit) throws IOException {
    String name = origin.tlsName();
    SSLSocket socket = (SSLSocket) factory.createSocket(connected, name, origin.port(), true);
    boolean usual = CertificateName.isUsual(name);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    // A name that is none to the JDK is not announced either: Java's servers would refuse it.
    if (usual) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
    socket.startHandshake();
    socket.setSoTimeout(0);
    if (!usual) {
      CertificateName.require(name, socket.getSession());
    }
    return socket;
  }
}
