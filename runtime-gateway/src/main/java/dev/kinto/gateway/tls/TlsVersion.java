package dev.kinto.gateway.tls;

import java.util.ArrayList;
import java.util.List;

/** The versions of TLS that a listener may speak; older ones are broken (RFC 8996). */
public enum TlsVersion {
  TLS_1_2("TLSv1.2"),
  TLS_1_3("TLSv1.3");

  private final String text;

  TlsVersion(String text) {
    this.text = text;
  }

  /**
   * The version of this name, as the JDK and the configuration write it.
   *
   * @throws IllegalArgumentException that says which there are
   */
  public static TlsVersion parse(String text) {
    for (TlsVersion version : values()) {
      if (version.text.equals(text)) {
        return version;
      }
    }
    throw new IllegalArgumentException("\"TLSv1.2\" or \"TLSv1.3\" is wanted.");
  }

  /** The names of this version and all later ones. */
  String[] andLater() {
    List<String> names = new ArrayList<>();
    for (TlsVersion version : values()) {
      if (version.compareTo(this) >= 0) {
        names.add(version.text);
      }
    }
    return names.toArray(String[]::new);
  }

  @Override
  public String toString() {
    return text;
  }
}
