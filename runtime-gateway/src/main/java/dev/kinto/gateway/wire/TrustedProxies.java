package dev.kinto.gateway.wire;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The proxies in front of the gateway whose word on the client is taken (contract C31): what they
 * say in {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}, or, where none of these is
 * there, in {@code Forwarded} (RFC 7239). From anybody else these fields mean nothing.
 *
 * <p>Each proxy adds whom it was called by at the end of a list. So the list is read from its end,
 * as long as the one who wrote an entry is trusted: the client is the last address that is no
 * trusted proxy's, and what it may have written itself, before its own address, is not read. An
 * entry that is no address ends the reading.
 */
public final class TrustedProxies {
  private static final String SEVERAL = "x-forwarded-";

  private final Predicate<InetAddress> trusted;

  /** The proxies at these addresses. */
  public TrustedProxies(Predicate<InetAddress> trusted) {
    this.trusted = trusted;
  }

  /** The request as its client made it, before it came through the proxies. */
  public ClientRequest seenThrough(ClientRequest request) {
    boolean several = false;
    boolean one = false;
    for (HeaderLine line : request.headers()) {
      several |= line.lowerCaseName().startsWith(SEVERAL);
      one |= line.lowerCaseName().equals(ForwardedElement.FIELD);
    }
    Caller peer = request.caller();
    if (!(several || one) || !isTrusted(peer.address())) {
      return request;
    }
    return request.calledBy(
        several ? several(request, peer) : ForwardedElement.client(request, this, peer));
  }

  /** By three fields, of which the last two say what the nearest proxy was called. */
  private Caller several(ClientRequest request, Caller peer) {
    List<String> chain = chain(request.elements(SEVERAL + "for"), peer.address());
    return new Caller(
        chain.getFirst(),
        chain.subList(1, chain.size()),
        last(request.elements(SEVERAL + "host")).filter(HostField::isHost).orElse(peer.host()),
        secure(last(request.elements(SEVERAL + "proto")).orElse(""), peer));
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
    return NodeName.literal(address).filter(trusted).isPresent();
  }

  /** Whether a scheme is https; one that is neither says nothing. */
  static boolean secure(String scheme, Caller peer) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "https" -> true;
      case "http" -> false;
      default -> peer.secure();
    };
  }

  private static Optional<String> last(List<String> elements) {
    return elements.isEmpty() ? Optional.empty() : Optional.of(elements.getLast());
  }
}
