package dev.kinto.processor;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.List;

/**
 * Holds what annotations say against what the Javadoc of the same method says (contract C10): both
 * may speak of one thing, if they say the same.
 */
final class Differences {
  private final List<Mistake> mistakes;

  Differences(List<Mistake> mistakes) {
    this.mistakes = mistakes;
  }

  /** Words that both say; what one leaves empty the other may say alone. */
  void check(String what, Text written, String said) {
    if (!written.value().isEmpty() && !said.isEmpty() && !written.value().equals(said)) {
      mistakes.add(
          Rule.DECLARATIONS_DIFFER.at(
              written.at(),
              "The annotation's " + what,
              "\"" + written.value() + "\"",
              "the Javadoc's",
              "\"" + said + "\""));
    }
  }

  /** A word that a comment says perhaps among others. */
  void check(String what, Text written, List<Text> said) {
    if (said.stream().noneMatch(word -> word.value().equals(written.value()))) {
      said.stream().findFirst().ifPresent(word -> check(what, written, word.value()));
    }
  }

  /** The terms of one field. */
  void check(FieldDeclaration written, FieldDeclaration said) {
    if (!FieldTerms.of(written).equals(FieldTerms.of(said))) {
      mistakes.add(
          Rule.DECLARATIONS_DIFFER.at(
              written.field().at(),
              written.writtenAs(),
              FieldTerms.of(written),
              said.writtenAs(),
              FieldTerms.of(said)));
    } else {
      check(
          "description of \"" + written.field().value() + "\"",
          written.field().with(written.description()),
          said.description());
    }
  }
}
