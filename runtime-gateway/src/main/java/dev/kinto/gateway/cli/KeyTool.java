package dev.kinto.gateway.cli;

import dev.kinto.gateway.tls.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JDK's {@code keytool}, which makes and signs certificates. The JDK has no public class that
 * does, and the library that does, Bouncy Castle, is 10 MB of which a gateway that runs needs
 * nothing. Its key store lies in a folder of its own that only this user can read.
 */
final class KeyTool implements AutoCloseable {
  private static final String AUTHORITY = "authority";
  private static final String MADE = "made";
  private static final String AUTHORITY_DAYS = "3650";
  private static final String PASSWORD_VARIABLE = "KINTO_KEYTOOL_PASSWORD";

  private final Path folder;
  private final Path store;
  private final String password = RandomText.hex(16);

  private KeyTool(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("store.p12");
  }

  static KeyTool start() throws IOException {
    return new KeyTool(Files.createTempDirectory("kinto-certificates"));
  }

  /** A certificate that signs itself. */
  Identity selfSigned(String name, String... extensions)
      throws IOException, GeneralSecurityException {
    generate(name, AUTHORITY_DAYS, List.of(), extensions);
    return made();
  }

  /** A certificate that another one signs. */
  Identity signedBy(Identity authority, int days, String name, String... extensions)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        AUTHORITY,
        authority.key(),
        password.toCharArray(),
        authority.chain().toArray(X509Certificate[]::new));
    try (OutputStream out = Files.newOutputStream(store)) {
      keys.store(out, password.toCharArray());
    }
    generate(name, Integer.toString(days), List.of("-signer", AUTHORITY), extensions);
    return made();
  }

  private void generate(String name, String days, List<String> signer, String... extensions)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", MADE));
    arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", name));
    arguments.addAll(List.of("-validity", days, "-storetype", "PKCS12"));
    arguments.addAll(List.of("-keystore", store.toString(), "-storepass:env", PASSWORD_VARIABLE));
    arguments.addAll(signer);
    Stream.of(extensions).forEach(each -> arguments.addAll(List.of("-ext", each)));
    run(arguments);
  }

  private void run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(PASSWORD_VARIABLE, password);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException(
          "the keytool of this Java cannot be run ("
              + command.getFirst()
              + "). Run the command with a whole JDK.",
          e);
    }
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    }
  }

  private Identity made() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password.toCharArray());
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate each : keys.getCertificateChain(MADE)) {
      chain.add((X509Certificate) each);
    }
    return new Identity(chain, (PrivateKey) keys.getKey(MADE, password.toCharArray()));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(store);
    Files.delete(folder);
  }
}
