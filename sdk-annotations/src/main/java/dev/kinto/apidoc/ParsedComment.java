package dev.kinto.apidoc;

import dev.kinto.declaration.Text;
import dev.kinto.manifest.Version;
import java.util.List;
import java.util.Optional;

/**
 * One comment, of which what it uses is not known yet.
 *
 * @param comment what it says itself
 * @param defines the name after {@code @apiDefine}: the comment is then no route but a stock
 * @param uses the names after {@code @apiUse}, in its order
 */
record ParsedComment(ApidocComment comment, Optional<Text> defines, List<Text> uses) {

  /** A comment that is passed over. */
  static final ParsedComment NOTHING =
      new ParsedComment(ApidocComment.nothing(List.of()), Optional.empty(), List.of());

  /** Copies the list. */
  ParsedComment {
    uses = List.copyOf(uses);
  }

  /** Whether it has tags of apidoc's. */
  boolean saysSomething() {
    return defines.isPresent() || !uses.isEmpty() || !comment.isEmpty();
  }

  /** Its version; what is absent or unreadable is apidoc's {@code 0.0.0}. */
  Version version() {
    return comment
        .wording()
        .version()
        .flatMap(text -> Version.parse(text.value()))
        .orElse(Version.NONE);
  }
}
