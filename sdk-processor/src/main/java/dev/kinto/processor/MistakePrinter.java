package dev.kinto.processor;

import dev.kinto.declaration.Mistake;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/** The one place that prints: each mistake once, with the caret under the smallest thing (C16). */
final class MistakePrinter {
  private final Messager messager;
  private final Elements elements;
  private final RepeatedAnnotations repeated;
  private final CommentTags tags;
  private final Set<Mistake> printed = new HashSet<>();

  MistakePrinter(ProcessingEnvironment environment) {
    this.messager = environment.getMessager();
    this.elements = environment.getElementUtils();
    this.repeated = RepeatedAnnotations.in(environment);
    this.tags = CommentTags.in(environment);
  }

  void print(List<Mistake> mistakes) {
    mistakes.stream().filter(printed::add).forEach(this::print);
  }

  private void print(Mistake mistake) {
    Kind kind = mistake.rule().warning() ? Kind.WARNING : Kind.ERROR;
    if (mistake.at() instanceof ElementPosition at) {
      if (!repeated.print(kind, mistake.text(), at)) {
        messager.printMessage(kind, mistake.text(), at.element(), at.annotation(), at.value());
      }
    } else if (mistake.at() instanceof CommentPosition at) {
      String javadoc = Objects.requireNonNullElse(elements.getDocComment(at.element()), "");
      // The caret can only stand under the tag: the exact place is said in words.
      String text = mistake.text() + " (" + at + ")";
      if (!tags.print(kind, text, at, javadoc)) {
        messager.printMessage(kind, text, at.element());
      }
    } else if (mistake.at() instanceof TreePosition at) {
      at.print(kind, mistake.text());
    } else {
      messager.printMessage(kind, mistake.text() + " (" + mistake.at() + ")");
    }
  }

  /** Reports what no rule foresaw. */
  void printFailure(String text, @Nullable Element element) {
    messager.printMessage(Kind.ERROR, text, element);
  }
}
