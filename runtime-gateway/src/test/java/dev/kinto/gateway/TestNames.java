package dev.kinto.gateway;

import dev.kinto.gateway.upstream.NameCache;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The names that tests know, besides the machine's own: this JVM asks here before it asks the
 * system. It remembers nothing, as in the product.
 */
public final class TestNames extends InetAddressResolverProvider {
  private static final Map<String, List<InetAddress>> KNOWN = new ConcurrentHashMap<>();

  /** The JVM makes one. */
  public TestNames() {
    NameCache.turnOff();
  }

  /** From now on the name stands for these addresses; for none: it is not known. */
  static void put(String name, String... literals) {
    KNOWN.put(name, Stream.of(literals).map(InetAddress::ofLiteral).toList());
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver system = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        List<InetAddress> known = KNOWN.get(host);
        if (known == null) {
          return system.lookupByName(host, policy);
        }
        if (known.isEmpty()) {
          throw new UnknownHostException(host);
        }
        return known.stream();
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return system.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "names of tests";
  }
}
