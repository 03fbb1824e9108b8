package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.Caller;
import dev.kinto.gateway.http.HostField;
import dev.kinto.gateway.http.IpAddress;
import dev.kinto.gateway.tls.ServerTls;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.ProxyProtocolData.Family;
import io.helidon.webserver.ProxyProtocolV2Data;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection's client.
 *
 * @param address its IP address as a literal: the one that the PROXY protocol announced, if it did
 *     (contract C31), else that of the other end of the connection
 * @param secure whether it speaks TLS
 * @param serverName the host name that its TLS handshake asked for, in lower case; empty without
 */
record Peer(String address, boolean secure, Optional<String> serverName) {

  /**
   * The client of a connection, on the connection's own thread.
   *
   * @param announcers who may announce a client, if the listener speaks the protocol
   * @throws CloseConnectionException if somebody else connected, or what was announced is no
   *     address: Helidon does not look at the text that version 1 of the protocol sends
   */
  static Peer of(ConnectionContext connection, Optional<Predicate<InetAddress>> announcers) {
    boolean secure = connection.isSecure();
    return new Peer(
        address(connection, announcers),
        secure,
        secure ? ServerTls.announcedName() : Optional.empty());
  }

  /** What it calls, by this name, and as whom. */
  Caller calling(String host) {
    return Caller.direct(address, host, secure);
  }

  private static String address(
      ConnectionContext connection, Optional<Predicate<InetAddress>> announcers) {
    if (announcers.isPresent()
        && !(connection.remotePeer().address() instanceof InetSocketAddress other
            && announcers.get().test(other.getAddress()))) {
      throw new CloseConnectionException("The PROXY protocol is spoken with listed proxies only");
    }
    return connection
        .proxyProtocolData()
        .filter(Peer::announcesAnAddress)
        .map(Peer::announced)
        .orElseGet(() -> literal(connection.remotePeer().address()));
  }

  private static boolean isPort(int number) {
    return number <= HostField.MAX_PORT;
  }

  /** A proxy that checks whether we live, or does not know its client, is the client itself. */
  private static boolean announcesAnAddress(ProxyProtocolData data) {
    boolean local =
        data instanceof ProxyProtocolV2Data v2 && v2.command() == ProxyProtocolV2Data.Command.LOCAL;
    return !local && (data.family() == Family.IPv4 || data.family() == Family.IPv6);
  }

  private static String announced(ProxyProtocolData data) {
    return IpAddress.parse(data.sourceAddress())
        .filter(address -> (data.family() == Family.IPv4) == (address instanceof Inet4Address))
        .filter(_ -> isPort(data.sourcePort()) && isPort(data.destPort()))
        .map(IpAddress::text)
        .orElseThrow(() -> new CloseConnectionException("The PROXY protocol announced no address"));
  }

  /**
   * The connection's bytes behind what was announced. Helidon 4.5 leaves the line feed of {@code
   * PROXY UNKNOWN} there, with which proxies ask whether we live.
   *
   * @param socket gives them
   */
  static Supplier<byte @Nullable []> behindAnnouncement(
      ConnectionContext connection, ClientSocket socket) {
    boolean lineFeedIsLeft =
        connection
            .proxyProtocolData()
            .filter(data -> !(data instanceof ProxyProtocolV2Data))
            .filter(data -> data.family() == Family.UNKNOWN && data.sourcePort() < 0)
            .isPresent();
    return new Pieces(socket, lineFeedIsLeft && !connection.isSecure());
  }

  private static String literal(SocketAddress address) {
    return address instanceof InetSocketAddress internet
        ? IpAddress.text(internet.getAddress())
        : "unknown";
  }

  /** The pieces that come over a socket, perhaps but for a line feed at their very beginning. */
  private static final class Pieces implements Supplier<byte @Nullable []> {
    private final ClientSocket socket;
    private boolean skipsLineFeed;

    Pieces(ClientSocket socket, boolean skipsLineFeed) {
      this.socket = socket;
      this.skipsLineFeed = skipsLineFeed;
    }

    @Override
    public byte @Nullable [] get() {
      byte[] piece = socket.receive();
      boolean first = skipsLineFeed;
      skipsLineFeed = false;
      return first && piece != null && piece[0] == '\n'
          ? Arrays.copyOfRange(piece, 1, piece.length)
          : piece;
    }
  }
}
