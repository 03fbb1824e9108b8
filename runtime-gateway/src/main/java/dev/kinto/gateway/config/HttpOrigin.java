package dev.kinto.gateway.config;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is: scheme, host and port (RFC 9110, section 4.3). A host is an address, or any
 * name that a resolver may know: containers have underscores in theirs, which {@link java.net.URI}
 * takes for no hosts.
 *
 * @param secure whether it is https
 * @param host what is looked up, in lower case: a name, perhaps with the dot of the root, or an
 *     address, of IPv6 without brackets and perhaps with a zone
 * @param port the port, also where it is the scheme's own and was not said
 * @param authority what {@code Host} says: as it was written, in lower case and without a zone (RFC
 *     6874, section 4)
 */
public record HttpOrigin(boolean secure, String host, int port, String authority) {
  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://(?:\\[([0-9a-f:.]+)(?:%(?:25)?([a-z0-9._~-]+))?]|([^\\[\\]:/]+))(?::([0-9]{1,5}))?");

  private static final Pattern NAME =
      Pattern.compile("(?:[a-z0-9_~-]{1,63}\\.)*[a-z0-9_~-]{1,63}\\.?");

  /** What resolvers read as an address, be it a whole one or a short form of one. */
  private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");

  private static final int MAX_NAME = 254;
  private static final int MAX_PORT = 65535;

  /** An origin, if the text is one: no path, no user. */
  public static Optional<HttpOrigin> parse(String text) {
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return Optional.empty();
    }
    boolean secure = form.group(1).equals("https");
    int port = form.group(5) == null ? (secure ? 443 : 80) : Integer.parseInt(form.group(5));
    String six = form.group(2);
    if (port == 0 || port > MAX_PORT || !(six == null ? isName(form.group(4)) : isSix(six))) {
      return Optional.empty();
    }
    String host = six == null ? form.group(4) : six;
    String authority =
        (six == null ? host : '[' + six + ']') + (form.group(5) == null ? "" : ":" + port);
    // The zone's own case counts: it names an interface.
    String zone = form.group(3) == null ? "" : '%' + text.substring(form.start(3), form.end(3));
    return Optional.of(new HttpOrigin(secure, host + zone, port, authority));
  }

  private static boolean isName(String host) {
    return NUMBER.matcher(host).matches()
        ? host.chars().filter(c -> c == '.').count() == 3 && isAddress(host)
        : host.length() <= MAX_NAME && NAME.matcher(host).matches();
  }

  private static boolean isSix(String text) {
    return text.indexOf(':') >= 0 && isAddress(text);
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The name that its certificate has, which ends without the dot of the root (RFC 6066, 3). */
  public String tlsName() {
    int zone = host.indexOf('%');
    String name = zone < 0 ? host : host.substring(0, zone);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority;
  }
}
