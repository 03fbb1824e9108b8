package dev.kinto.gateway.config;

import dev.kinto.manifest.FieldName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask the admin API, and what it shows (contract C43, C44).
 *
 * @param secrets the hashes of the operators' secrets; without any there is no admin API
 * @param sensitive the session fields whose values are shown to nobody
 * @param index the session fields by whose values sessions are found, folded (contract C2)
 */
public record AdminConfig(List<SecretHash> secrets, SensitiveFields sensitive, Set<String> index) {
  private static final int LEAST_LENGTH = 32;
  private static final String COMMAND = "admin new";

  /** Copies the collections. */
  public AdminConfig {
    secrets = List.copyOf(secrets);
    index = Set.copyOf(index);
  }

  static AdminConfig read(Section section) {
    List<SecretHash> secrets = new ArrayList<>();
    if (section.has("secretHash")) {
      secrets.addAll(
          section.secrets(
              "secretHash",
              "a secret's hash",
              SecretHashes.MOST,
              text -> SecretHash.parse(text, COMMAND)));
    }
    List<SecretHash> inFiles = section.secretsInFiles("secretFile", AdminConfig::secret);
    if (inFiles.size() > SecretHashes.MOST) {
      section.problem(
          "secretFile",
          "1 to " + SecretHashes.MOST + " files are wanted. Found: " + inFiles.size());
    }
    secrets.addAll(inFiles);
    SensitiveFields sensitive =
        new SensitiveFields(section.list("sensitive", SensitiveFields::pattern));
    Set<String> index = readIndex(section);
    section.refuseOthers();
    return new AdminConfig(secrets, sensitive, index);
  }

  /** What a data node is told of it: the fields that it is to find sessions by. */
  static Set<String> readIndex(Section section) {
    return new LinkedHashSet<>(section.list("index", AdminConfig::indexed));
  }

  private static SecretHash secret(String text) {
    if (text.length() < LEAST_LENGTH) {
      throw new IllegalArgumentException(
          "an operator's secret has at least "
              + LEAST_LENGTH
              + " random characters; \""
              + COMMAND
              + "\" prints one.");
    }
    return SecretHash.of(text);
  }

  private static String indexed(String text) {
    if (!SensitiveFields.isFieldName(text)) {
      throw new IllegalArgumentException(
          "the name of a session field is wanted, for instance \"auth-userId\".");
    }
    return FieldName.fold(text);
  }

  /** Whether somebody may ask. */
  public boolean isOn() {
    return !secrets.isEmpty();
  }

  /**
   * The hash of a secret that is an operator's. It is compared with all of them, so that the time
   * does not tell which one it is.
   */
  public Optional<SecretHash> secretOf(String text) {
    SecretHash sent = SecretHash.of(text);
    Optional<SecretHash> found = Optional.empty();
    for (SecretHash each : secrets) {
      if (each.equals(sent)) {
        found = Optional.of(each);
      }
    }
    return found;
  }
}
