package dev.kinto.manifest;

import java.util.Objects;

/**
 * The name of a session field as its owner spells it, for instance {@code auth-userId}. On the wire
 * it is the name of an HTTP field.
 *
 * <p>Names are compared {@linkplain #folded() folded} (contract C2): {@code Auth_UserId}, {@code
 * auth.userid} and {@code auth-userId} are one name, because servers and CGI-like frameworks treat
 * them as one. The record's own {@code equals} compares spellings; compare {@link #folded()} to ask
 * whether two names mean the same field.
 *
 * @param spelling 1 to {@value #MAX_LENGTH} token characters of RFC 9110, section 5.6.2
 */
public record FieldName(String spelling) implements Comparable<FieldName> {

  /** The greatest length of a name (contract C1). */
  public static final int MAX_LENGTH = 128;

  /**
   * Checks the spelling.
   *
   * @throws IllegalArgumentException if it is empty, too long, or holds anything but token
   *     characters
   */
  public FieldName {
    Objects.requireNonNull(spelling);
    if (spelling.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "A field name has at most "
              + MAX_LENGTH
              + " characters. Found "
              + spelling.length()
              + ": \""
              + spelling.substring(0, MAX_LENGTH)
              + "…\"");
    }
    if (!isToken(spelling)) {
      throw new IllegalArgumentException(
          "A field name is one or more letters, digits or !#$%&'*+-.^_`|~. Found: \""
              + spelling
              + "\"");
    }
  }

  /**
   * The form in which names are compared: lower case, with {@code _} and {@code .} as {@code -}.
   */
  public String folded() {
    return fold(spelling);
  }

  /** Whether both spellings mean the same field (contract C2). */
  public boolean foldsLike(FieldName other) {
    return folded().equals(other.folded());
  }

  /**
   * Folds any HTTP field name (contract C2). Gives back the same string, without allocating, if it
   * is folded already.
   */
  public static String fold(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (fold(name.charAt(i)) != name.charAt(i)) {
        return foldFrom(name, i);
      }
    }
    return name;
  }

  private static String foldFrom(String name, int start) {
    char[] folded = name.toCharArray();
    for (int i = start; i < folded.length; i++) {
      folded[i] = fold(folded[i]);
    }
    return new String(folded);
  }

  private static char fold(char c) {
    if (c >= 'A' && c <= 'Z') {
      return (char) (c + ('a' - 'A'));
    }
    return isDash(c) ? '-' : c;
  }

  /** Whether a character counts as a dash where names are compared. */
  static boolean isDash(char c) {
    return c == '-' || c == '_' || c == '.';
  }

  /** Whether the text is a token of RFC 9110, section 5.6.2, and so may name an HTTP field. */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Orders by folded form, then by spelling, so that output is the same everywhere. */
  @Override
  public int compareTo(FieldName other) {
    int byMeaning = folded().compareTo(other.folded());
    return byMeaning != 0 ? byMeaning : spelling.compareTo(other.spelling);
  }

  @Override
  public String toString() {
    return spelling;
  }
}
