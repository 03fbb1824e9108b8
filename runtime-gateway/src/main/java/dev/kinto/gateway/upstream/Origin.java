package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.UpstreamTls;
import java.net.URI;

/**
 * What connections can be shared by: microservices that judge certificates differently share none.
 *
 * @param address scheme, host and port
 * @param tls how its certificate is judged
 */
record Origin(URI address, UpstreamTls tls) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  boolean secure() {
    return address.getScheme().equals("https");
  }

  int port() {
    int implied = secure() ? HTTPS_PORT : HTTP_PORT;
    return address.getPort() < 0 ? implied : address.getPort();
  }
}
