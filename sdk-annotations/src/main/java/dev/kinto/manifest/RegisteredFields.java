package dev.kinto.manifest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The HTTP field names that IANA has registered (contract C3), from a dated copy of the registry
 * "Hypertext Transfer Protocol (HTTP) Field Name Registry" in this jar.
 */
public final class RegisteredFields {
  private static final String RESOURCE = "iana-http-field-names.txt";
  private static final Set<String> LOWER_CASE = load();

  private RegisteredFields() {}

  /**
   * Whether the name is registered, in its registered spelling but for case: {@code content-type}
   * is, {@code content_type} is not.
   */
  public static boolean contains(String name) {
    return LOWER_CASE.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The same for a name that is known to be in lower case: no allocation. */
  public static boolean containsLowerCase(String lowerCaseName) {
    return LOWER_CASE.contains(lowerCaseName);
  }

  private static Set<String> load() {
    Set<String> names = new HashSet<>();
    try (InputStream in =
            Objects.requireNonNull(RegisteredFields.class.getResourceAsStream(RESOURCE), RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && line.charAt(0) != '#') {
          names.add(line.toLowerCase(Locale.ROOT));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Set.copyOf(names);
  }
}
