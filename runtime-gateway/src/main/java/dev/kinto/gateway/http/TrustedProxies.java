package dev.kinto.gateway.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The proxies in front of the gateway whose word on the client is taken (contract C31): what they
 * say in {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}, or, where none of these is
 * there, in {@code Forwarded} (RFC 7239), and what they say in {@code X-Forwarded-Prefix}. From
 * anybody else these fields mean nothing.
 *
 * <p>Each proxy adds whom it was called by at the end of a list. So the list is read from its end,
 * as long as the one who wrote an entry is trusted: the client is the last address that is no
 * trusted proxy's, and what it may have written itself, before its own address, is not read. An
 * entry that is no address ends the reading.
 */
public final class TrustedProxies {
  private static final String FOR = "x-forwarded-for";
  private static final String HOST = "x-forwarded-host";
  private static final String PROTO = "x-forwarded-proto";
  private static final String PREFIX = "x-forwarded-prefix";
  private static final Set<String> SEVERAL = Set.of(FOR, HOST, PROTO);

  private final Predicate<InetAddress> trusted;

  /** The proxies at these addresses. */
  public TrustedProxies(Predicate<InetAddress> trusted) {
    this.trusted = trusted;
  }

  /** The request as its client made it, before it came through the proxies. */
  public ClientRequest seenThrough(ClientRequest request) {
    boolean several = false;
    boolean one = false;
    boolean prefix = false;
    for (HeaderLine line : request.headers()) {
      several |= SEVERAL.contains(line.lowerCaseName());
      one |= line.lowerCaseName().equals(ForwardedElement.FIELD);
      prefix |= line.lowerCaseName().equals(PREFIX);
    }
    Caller peer = request.caller();
    if (!(several || one || prefix) || !isTrusted(peer.address())) {
      return request;
    }
    Caller caller = several ? several(request, peer) : ForwardedElement.client(request, this, peer);
    return request.calledBy(prefix ? caller.below(prefix(request, caller)) : caller);
  }

  /** By three fields, of which the last two say what the nearest proxy was called. */
  private Caller several(ClientRequest request, Caller peer) {
    List<String> chain = chain(request.elements(FOR), peer.address());
    return new Caller(
        chain.getFirst(),
        chain.subList(1, chain.size()),
        last(request.elements(HOST)).filter(HostField::isHost).orElse(peer.host()),
        secure(last(request.elements(PROTO)).orElse(""), peer),
        peer.prefix());
  }

  /**
   * Each proxy adds what it takes off; what a client said before those that are trusted is not
   * read.
   */
  private static String prefix(ClientRequest request, Caller caller) {
    List<String> elements = request.elements(PREFIX);
    int written = Math.min(Math.max(1, caller.proxies().size()), elements.size());
    return ForwardedPrefix.of(elements.subList(elements.size() - written, elements.size()));
  }

  /** The client's address and those of the proxies behind it. */
  List<String> chain(List<String> nodes, String peer) {
    List<String> chain = new ArrayList<>(List.of(peer));
    for (int i = nodes.size() - 1; i >= 0 && isTrusted(chain.getFirst()); i--) {
      Optional<String> address = NodeName.address(nodes.get(i));
      if (address.isEmpty()) {
        break;
      }
      chain.addFirst(address.get());
    }
    return List.copyOf(chain);
  }

  private boolean isTrusted(String address) {
    return IpAddress.parse(address).filter(trusted).isPresent();
  }

  /** Whether a scheme is https, or wss, which is the same for a WebSocket; others say nothing. */
  static boolean secure(String scheme, Caller peer) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "https", "wss" -> true;
      case "http", "ws" -> false;
      default -> peer.secure();
    };
  }

  private static Optional<String> last(List<String> elements) {
    return elements.isEmpty() ? Optional.empty() : Optional.of(elements.getLast());
  }
}
