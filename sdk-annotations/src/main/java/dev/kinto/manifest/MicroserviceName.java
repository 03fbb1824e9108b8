package dev.kinto.manifest;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a microservice: the first segment of its public address and the prefix of the session
 * fields that it owns (contract C1, C3).
 *
 * @param value {@code [a-z][a-z0-9]*(-[a-z0-9]+)*}, not beginning with one of {@link #FORBIDDEN},
 *     of at most {@value #MAX_LENGTH} characters
 */
public record MicroserviceName(String value) implements Comparable<MicroserviceName> {

  /**
   * Names whose session space would hold the web's own fields (contract C3), neither alone nor as
   * the first part of a longer name: {@code x-forwarded} would own {@code x-forwarded-for}.
   */
  public static final Set<String> FORBIDDEN =
      Set.of("kinto", "x", "sec", "proxy", "access-control");

  /** A longer one could own no field: a dash and at least one character follow it. */
  private static final int MAX_LENGTH = FieldName.MAX_LENGTH - 2;

  // Possessive, so that no name, however long, is tried twice or exhausts the stack.
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it has another shape or is forbidden; the message says what
   *     was found and what is allowed
   */
  public MicroserviceName {
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a microservice name has at most "
              + MAX_LENGTH
              + " characters, because its session fields' names begin with it. Found "
              + value.length()
              + ": \""
              + value.substring(0, MAX_LENGTH)
              + "…\"");
    }
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a microservice name is lower-case letters and digits in words joined by single dashes,"
              + " beginning with a letter. Found: \""
              + value
              + "\"");
    }
    if (FORBIDDEN.stream().anyMatch(name -> (value + "-").startsWith(name + "-"))) {
      throw new IllegalArgumentException(
          "kinto, x, sec, proxy and access-control, alone or before a dash, belong to HTTP and to"
              + " the gateway. Found: \""
              + value
              + "\"");
    }
  }

  /** What the folded names of its fields begin with: the name and a dash. */
  public String prefix() {
    return value + "-";
  }

  @Override
  public int compareTo(MicroserviceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
