package dev.kinto.gateway.cli;

import dev.kinto.gateway.disk.DurableFile;
import dev.kinto.gateway.tls.Identity;
import dev.kinto.gateway.tls.PemFiles;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/** An authority in a folder, and the certificates that it has signed (contract C38). */
final class CertificateSet {
  /** What no host's files may be called. */
  static final Set<String> RESERVED = Set.of("ca", "ca-key");

  /** Whoever calls is called as well. */
  private static final String BOTH_SIDES = "eku=serverAuth,clientAuth";

  private final Path folder;
  private final Identity authority;

  private CertificateSet(Path folder, Identity authority) {
    this.folder = folder;
    this.authority = authority;
  }

  static Path authorityIn(Path folder) {
    return folder.resolve("ca.pem");
  }

  static Path authorityKeyIn(Path folder) {
    return folder.resolve("ca-key.pem");
  }

  /**
   * The set of a folder: a new one, if there is no authority yet.
   *
   * @throws IllegalArgumentException if the one that is there cannot sign
   */
  static CertificateSet in(Path folder) throws IOException {
    PemFiles files = new PemFiles(authorityIn(folder), authorityKeyIn(folder));
    if (Files.exists(files.certificate()) || Files.exists(files.key())) {
      return new CertificateSet(folder, existing(files));
    }
    Identity made;
    try (KeyTool tool = KeyTool.start()) {
      made =
          tool.selfSigned(
              "CN=Kinto trial authority " + RandomText.hex(4),
              "bc:c=ca:true,pathlen:0",
              "ku:c=keyCertSign,cRLSign");
    } catch (GeneralSecurityException e) {
      throw new IOException("the authority could not be made: " + e.getMessage(), e);
    }
    write(files, made);
    return new CertificateSet(folder, made);
  }

  private static Identity existing(PemFiles files) {
    try {
      Identity identity = files.read();
      if (identity.chain().getFirst().getBasicConstraints() < 0) {
        throw new IllegalArgumentException("the certificate is no authority's.");
      }
      return identity;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the authority in "
              + files.certificate()
              + " and "
              + files.key()
              + " cannot sign: "
              + e.getMessage()
              + " Put both back, or name an empty folder for a new one.",
          e);
    }
  }

  /**
   * Makes a certificate for a host, and writes it with its key.
   *
   * @throws IllegalArgumentException if it would outlive the authority
   */
  void add(CertificateHost host, int days) throws IOException {
    Instant end = authority.chain().getFirst().getNotAfter().toInstant();
    if (Instant.now().plus(Duration.ofDays(days)).isAfter(end.plus(Duration.ofHours(1)))) {
      throw new IllegalArgumentException(
          "the authority in "
              + authorityIn(folder)
              + " is good until "
              + end
              + " only. Ask for fewer --days, or name an empty folder for a new one.");
    }
    Identity made;
    try (KeyTool tool = KeyTool.start()) {
      made =
          tool.signedBy(
              authority,
              days,
              "CN=" + host.commonName(),
              BOTH_SIDES,
              "ku:c=digitalSignature",
              "san=" + host.alternativeNames());
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the certificate of " + host.name() + " could not be made: " + e.getMessage(), e);
    }
    write(new PemFiles(host.certificateIn(folder), host.keyIn(folder)), made);
  }

  private static void write(PemFiles files, Identity identity) throws IOException {
    String key = pem("PRIVATE KEY", identity.key().getEncoded());
    DurableFile.create(files.key(), key, ownerOnly());
    try {
      byte[] certificate = identity.chain().getFirst().getEncoded();
      DurableFile.create(files.certificate(), pem("CERTIFICATE", certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just read has no bytes", e);
    }
  }

  /** Of a file that is made with its final mode: there is no moment in which others can read it. */
  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(
              Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
        }
        : new FileAttribute<?>[0];
  }

  /** The textual form of RFC 7468. */
  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
