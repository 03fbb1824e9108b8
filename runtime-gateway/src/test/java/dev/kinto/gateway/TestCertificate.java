package dev.kinto.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.tls.HeldCertificate;

/** A certificate that signed itself, in two PEM files, and clients that accept any. */
record TestCertificate(HeldCertificate held, Path certificate, Path key) {

  static TestCertificate in(Path folder, String name) throws IOException {
    return in(folder, name, new HeldCertificate.Builder().ecdsa256());
  }

  /** Writes the files; those of the same name are written over. */
  static TestCertificate in(Path folder, String name, HeldCertificate.Builder builder)
      throws IOException {
    HeldCertificate held = builder.commonName(name).addSubjectAlternativeName(name).build();
    Path certificate = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + "-key.pem");
    Files.writeString(certificate, held.certificatePem());
    Files.writeString(key, held.privateKeyPkcs8Pem());
    return new TestCertificate(held, certificate, key);
  }

  /** The section {@code tls} of a listener. */
  Map<String, Object> config() {
    return Map.of("certificate", certificate.toString(), "key", key.toString());
  }

  /** Makes a connection without a session of an earlier one. */
  static SSLSocket connect(URI address, String serverName, String... protocols)
      throws IOException, GeneralSecurityException {
    return connect(plain(address), serverName, protocols);
  }

  static Socket plain(URI address) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 10_000);
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Makes the handshake on a connection. An empty name asks for none. */
  static SSLSocket connect(Socket socket, String serverName, String... protocols)
      throws IOException, GeneralSecurityException {
    SSLContext context = anyCertificate();
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, 0, true);
    SSLParameters parameters = tls.getSSLParameters();
    if (!serverName.isEmpty()) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
    }
    if (protocols.length > 0) {
      parameters.setProtocols(protocols);
    }
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  static SSLContext anyCertificate() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
    return context;
  }

  /** The certificate that a server shows. */
  static X509Certificate shownBy(SSLSocket socket) throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
