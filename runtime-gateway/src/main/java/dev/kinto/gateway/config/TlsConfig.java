package dev.kinto.gateway.config;

import dev.kinto.gateway.tls.Identity;
import dev.kinto.gateway.tls.Pem;
import dev.kinto.gateway.tls.PemFiles;
import dev.kinto.gateway.tls.TlsVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * TLS of a listener (contract C18).
 *
 * @param files the certificate and its key, which were readable and fit one another
 * @param minVersion older versions are refused
 * @param warning what is wrong with the time at which the certificate is used
 */
public record TlsConfig(PemFiles files, TlsVersion minVersion, Optional<String> warning) {

  static Optional<TlsConfig> read(Section section) {
    Path certificate =
        section.value(
            "certificate", "a PEM file", text -> readable(section.path(text), Pem::chain));
    Path key =
        section.value("key", "a PEM file", text -> readable(section.path(text), Pem::privateKey));
    TlsVersion minVersion =
        section.optional("minVersion", TlsVersion::parse).orElse(TlsVersion.TLS_1_2);
    section.refuseOthers();
    if (certificate == null || key == null) {
      return Optional.empty();
    }
    PemFiles files = new PemFiles(certificate, key);
    return Optional.of(new TlsConfig(files, minVersion, check(section, files)));
  }

  private static Path readable(Path file, Consumer<String> parse) {
    parse.accept(Pem.read(file));
    return file;
  }

  /** Whether both belong together, and are good now. */
  private static Optional<String> check(Section section, PemFiles files) {
    try {
      Identity identity = files.read();
      return identity.outOfDate(Instant.now());
    } catch (IllegalArgumentException e) {
      section.found("key", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
