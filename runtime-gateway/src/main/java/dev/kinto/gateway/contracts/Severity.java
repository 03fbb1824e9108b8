package dev.kinto.gateway.contracts;

/** How much a finding matters; the names are those of compilers and of SARIF's levels. */
public enum Severity {
  /** Something will fail, or a change breaks somebody. */
  ERROR("error"),
  /** Something may fail, or an operator has to act. */
  WARNING("warning"),
  /** Good to know; nothing has to be done. */
  NOTE("note");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  /** The word in output: {@code error}, {@code warning} or {@code note}. */
  public String word() {
    return word;
  }
}
