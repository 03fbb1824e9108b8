package dev.kinto.declaration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The groups that mean something to the gateway (contract C8, C9). A slip in one must not make a
 * mere word of it: then a session field would be documented only.
 */
public final class MeantGroup {
  private static final String SESSION = "Session";
  private static final List<String> ALL = List.of(SESSION, "Config");

  /** What authors write beside the group's name: a status, what travels, punctuation. */
  private static final Pattern BESIDE =
      Pattern.compile(
          "(?i)\\b(?:[1-5](?:\\d\\d|xx)|success|error|headers?|fields?|values?)\\b|[^\\p{Alnum}]+");

  private MeantGroup() {}

  /** {@code Session} for {@code session}, {@code Sesion} and {@code Session 200}. */
  public static Optional<String> of(String group) {
    return Nearest.to(BESIDE.matcher(group).replaceAll(" ").strip(), ALL);
  }

  /** Whether the group is {@code Session}, or a slip in it. */
  public static boolean isSession(String group) {
    return of(group).filter(SESSION::equals).isPresent();
  }
}
