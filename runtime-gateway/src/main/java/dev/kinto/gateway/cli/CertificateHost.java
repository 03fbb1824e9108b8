package dev.kinto.gateway.cli;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A host that gets a certificate.
 *
 * @param names its names and addresses, in lower case; the first one names its files
 */
record CertificateHost(List<String> names) {
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final String NAME = LABEL + "(\\." + LABEL + ")*";
  private static final int LONGEST = 253;
  private static final int LONGEST_COMMON_NAME = 64; // RFC 5280, appendix A.1

  /** Copies the list. */
  CertificateHost {
    names = List.copyOf(names);
  }

  /**
   * A host as an option names it, for instance {@code gateway-0/10.0.0.5}.
   *
   * @throws IllegalArgumentException that says what is wanted
   */
  static CertificateHost parse(String text) {
    List<String> names = Stream.of(text.toLowerCase(Locale.ROOT).split("/", -1)).toList();
    if (!names.stream().allMatch(name -> name.length() <= LONGEST && isOne(name))) {
      throw new IllegalArgumentException(
          "names and addresses are wanted, without port and \"*\", as in gateway-0 or"
              + " gateway-0.internal/10.0.0.5.");
    }
    if (CertificateSet.RESERVED.contains(names.getFirst())) {
      throw new IllegalArgumentException(
          "the authority's files have this name. Put another name of the host first.");
    }
    return new CertificateHost(names);
  }

  private static boolean isOne(String name) {
    return looksLikeAddress(name) ? isAddress(name) : name.matches(NAME);
  }

  private static boolean looksLikeAddress(String name) {
    return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
  }

  private static boolean isAddress(String name) {
    try {
      boolean whole = name.indexOf(':') >= 0 || name.matches("\\d+(\\.\\d+){3}");
      InetAddress.ofLiteral(name); // which also takes 10.7 for 10.0.0.7
      return whole && name.indexOf('%') < 0; // a zone means something on one machine only
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  String name() {
    return names.getFirst();
  }

  /** The common name of its certificate, which only people read. */
  String commonName() {
    return name().substring(0, Math.min(name().length(), LONGEST_COMMON_NAME));
  }

  /** How its files' names begin; a colon, as IPv6 has it, is none that every system allows. */
  String file() {
    return name().replace(':', '_');
  }

  Path certificateIn(Path folder) {
    return folder.resolve(file() + ".pem");
  }

  Path keyIn(Path folder) {
    return folder.resolve(file() + "-key.pem");
  }

  /** What keytool calls its subject alternative names. */
  String alternativeNames() {
    return names.stream()
        .map(name -> (looksLikeAddress(name) ? "ip:" : "dns:") + name)
        .collect(Collectors.joining(","));
  }
}
