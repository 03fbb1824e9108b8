package dev.kinto.processor;

import dev.kinto.apidoc.ApidocComment;
import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/**
 * Reads the route of one method from its annotations (contract C8, C9) and its Javadoc (C10). What
 * both say must be the same, and counts once.
 */
final class MethodReader {
  private final ExecutableElement method;
  private final List<Annotation> annotations;
  private final ApidocComment comment;
  private final List<Mistake> mistakes;

  MethodReader(ExecutableElement method, @Nullable String javadoc, List<Mistake> mistakes) {
    this.method = method;
    this.annotations = Annotation.on(method);
    this.comment = comment(method, javadoc);
    this.mistakes = mistakes;
  }

  private static ApidocComment comment(ExecutableElement method, @Nullable String javadoc) {
    return ApidocComment.parse(
        javadoc == null ? "" : javadoc,
        (line, column) -> new CommentPosition(method, line, column));
  }

  /** The declaration of the route; none if the method is no route. */
  Optional<RouteDeclaration> read() {
    mistakes.addAll(comment.mistakes());
    Optional<RouteDeclaration> said = comment.route();
    Optional<Annotation> api = annotation("Api");
    if (api.isPresent()) {
      return Optional.of(route(api.get().text("method"), api.get().text("path"), api));
    }
    if (said.isPresent()) {
      return Optional.of(route(said.get().method(), said.get().path(), api));
    }
    checkNothingIsDeclared();
    return Optional.empty();
  }

  private RouteDeclaration route(Text verb, Text path, Optional<Annotation> api) {
    comment.method().ifPresent(said -> checkSame(verb, said, "method"));
    comment.path().ifPresent(said -> checkSame(path, said, "path"));
    Optional<Text> name = annotation("ApiName").map(given -> given.text("value"));
    if (name.isPresent()) {
      comment.name().ifPresent(said -> checkSame(name.get(), said, "name"));
    }
    return new RouteDeclaration(
        verb,
        path,
        name.or(comment::name).orElseGet(() -> new Text(simpleName(), verb.at())),
        words(api, "title").orElse(comment.title()),
        words(annotation("ApiGroup"), "value").orElse(comment.group()),
        words(annotation("ApiDescription"), "value").orElse(comment.description()),
        merged(fields("ApiHeader"), comment.headers()),
        merged(fields("ApiSuccess"), comment.results()),
        annotation("RotatesToken").isPresent() || comment.rotatesToken());
  }

  private String simpleName() {
    return method.getSimpleName().toString();
  }

  private static Optional<String> words(Optional<Annotation> annotation, String member) {
    return annotation.flatMap(given -> given.textUnlessEmpty(member)).map(Text::value);
  }

  private Optional<Annotation> annotation(String name) {
    return annotations.stream().filter(given -> given.name().equals(name)).findFirst();
  }

  private List<FieldDeclaration> fields(String annotation) {
    return annotations.stream()
        .filter(given -> given.name().equals(annotation))
        .map(MethodReader::field)
        .toList();
  }

  private static FieldDeclaration field(Annotation given) {
    Text group = given.text("group");
    return new FieldDeclaration(
        "@" + given.name() + "(group = \"" + group.value() + "\")",
        group,
        given.text("type"),
        given.text("field"),
        given.flag("optional"),
        given.textUnlessEmpty("defaultValue"),
        given.text("description").value());
  }

  /** The annotations' fields, and those of the Javadoc that no annotation declares. */
  private List<FieldDeclaration> merged(
      List<FieldDeclaration> written, List<FieldDeclaration> said) {
    List<FieldDeclaration> all = new ArrayList<>(written);
    for (FieldDeclaration field : said) {
      Optional<FieldDeclaration> twin =
          written.stream().filter(other -> FieldTerms.isSameField(other, field)).findFirst();
      if (twin.isEmpty()) {
        all.add(field);
      } else if (!FieldTerms.of(twin.get()).equals(FieldTerms.of(field))) {
        mistakes.add(differing(twin.get(), field));
      } else if (twin.get().description().isEmpty()) {
        all.set(all.indexOf(twin.get()), field);
      }
    }
    return all;
  }

  private static Mistake differing(FieldDeclaration written, FieldDeclaration said) {
    return Rule.DECLARATIONS_DIFFER.at(
        written.field().at(),
        written.writtenAs(),
        FieldTerms.of(written),
        said.writtenAs(),
        FieldTerms.of(said));
  }

  private void checkSame(Text written, Text said, String what) {
    if (!written.value().equals(said.value())) {
      mistakes.add(
          Rule.DECLARATIONS_DIFFER.at(
              written.at(),
              "The annotation's " + what,
              "\"" + written.value() + "\"",
              "the Javadoc's",
              "\"" + said.value() + "\""));
    }
  }

  private void checkNothingIsDeclared() {
    if (!annotations.isEmpty()) {
      Annotation first = annotations.get(0);
      mistakes.add(Rule.ROUTE_MISSING.at(first.at(), "@" + first.name()));
    } else {
      // Of a comment only what can be nothing else: other tags may be meant for other readers.
      Stream.concat(comment.headers().stream(), comment.results().stream())
          .filter(field -> field.group().value().equals("Session"))
          .findFirst()
          .ifPresent(
              field -> mistakes.add(Rule.ROUTE_MISSING.at(field.field().at(), field.writtenAs())));
    }
  }
}
