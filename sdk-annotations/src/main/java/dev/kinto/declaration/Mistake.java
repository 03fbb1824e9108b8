package dev.kinto.declaration;

/**
 * A breach of a rule.
 *
 * @param rule which
 * @param at the smallest thing that is wrong
 * @param message what was found and the mend, without the rule's id
 */
public record Mistake(Rule rule, Position at, String message) {

  /** The message for people: {@code [KintoFieldPrefix] @ApiSuccess(…) field must start with …}. */
  public String text() {
    return "[" + rule.id() + "] " + message;
  }

  @Override
  public String toString() {
    return at + ": " + (rule.warning() ? "warning: " : "error: ") + text();
  }
}
