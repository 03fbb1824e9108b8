package dev.kinto.gateway.upstream;

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
  SSLSocket over(Transport connected, String host, int port, Duration limit) throws IOException {
    SSLSocket socket = (SSLSocket) factory.createSocket(connected, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
    socket.startHandshake();
    return socket;
  }
}
