package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.UpstreamTls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Puts TLS on connections to upstreams whose certificate is trusted and has their name. */
final class TlsSockets {
  private final SSLSocketFactory factory;

  TlsSockets(UpstreamTls tls) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(tls.trusted().isEmpty() ? null : keyStore(tls));
      context.init(null, trust.getTrustManagers(), null);
      this.factory = context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }

  private static KeyStore keyStore(UpstreamTls tls) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (X509Certificate certificate : tls.trusted()) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    return store;
  }

  /**
   * Makes the handshake (RFC 9110, section 4.3.4).
   *
   * @throws IOException if it fails or takes longer than the limit; the socket is of no use then
   */
  SSLSocket over(Socket connected, String host, int port, Duration limit) throws IOException {
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
