package dev.kinto.gateway.config;

import dev.kinto.gateway.tls.Identity;
import dev.kinto.gateway.tls.Pem;
import dev.kinto.gateway.tls.PemFiles;
import dev.kinto.gateway.tls.TlsVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * TLS of a listener (contract C18).
 *
 * @param files the certificate and its key, which were readable and fit one another
 * @param minVersion older versions are refused
 * @param warning what is wrong with the time at which the certificate is used
 * @param place where it stands in the file, for that warning
 */
public record TlsConfig(
    PemFiles files, TlsVersion minVersion, Optional<String> warning, String place) {

  static Optional<TlsConfig> read(Section section, String place) {
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
    Identity identity = identity(section, files);
    return Optional.ofNullable(identity)
        .map(found -> new TlsConfig(files, minVersion, found.outOfDate(Instant.now()), place));
  }

  private static Path readable(Path file, Consumer<String> parse) {
    parse.accept(Pem.read(file));
    return file;
  }

  private static @Nullable Identity identity(Section section, PemFiles files) {
    try {
      return files.read();
    } catch (IllegalArgumentException e) {
      section.problem("key", String.valueOf(e.getMessage()));
      return null;
    }
  }
}
