package dev.kinto.gateway.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * An SSL context whose connections have the listener's protocols and ciphers from the start.
 *
 * <p>Helidon 4.5 takes its sockets straight from the context and sets no parameters on them. And it
 * does not hand out the name that the client asked for; it makes the handshake of a socket on the
 * thread that then serves the connection, which is where the name is remembered. It also wants the
 * accepted socket left open when the TLS one is closed, and then never closes it itself.
 */
final class ListenerSslContext extends SSLContext {
  ListenerSslContext(SSLContext context, TlsVersion least) {
    super(new Spi(context, least), context.getProvider(), context.getProtocol());
  }

  private static final class Spi extends SSLContextSpi {
    private final SSLContext context;
    private final SSLParameters parameters;

    Spi(SSLContext context, TlsVersion least) {
      this.context = context;
      this.parameters = context.getDefaultSSLParameters();
      parameters.setProtocols(least.andLater());
      parameters.setCipherSuites(
          Stream.of(parameters.getCipherSuites()).filter(Spi::isSound).toArray(String[]::new));
    }

    /** Forward secrecy and authenticated encryption: what RFC 9113, section 9.2.2 asks for too. */
    private static boolean isSound(String suite) {
      boolean authenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
      boolean secret = !suite.contains("_WITH_") || suite.startsWith("TLS_ECDHE_");
      return authenticated && secret;
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return new Sockets(context.getSocketFactory(), parameters);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      SSLEngine engine = context.createSSLEngine();
      engine.setSSLParameters(parameters);
      return engine;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return engineCreateSSLEngine();
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("it is initialised already");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return context.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return context.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return context.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return parameters;
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return parameters;
    }
  }

  /** Puts TLS on sockets that were accepted; it connects none. */
  private static final class Sockets extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private final SSLParameters parameters;

    Sockets(SSLSocketFactory factory, SSLParameters parameters) {
      this.factory = factory;
      this.parameters = parameters;
    }

    @Override
    public Socket createSocket(Socket accepted, @Nullable InputStream consumed, boolean autoClose)
        throws IOException {
      SSLSocket socket = (SSLSocket) factory.createSocket(accepted, consumed, true);
      socket.setSSLParameters(parameters);
      AnnouncedName.remember(socket::getSession);
      return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return parameters.getCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return parameters.getCipherSuites();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
