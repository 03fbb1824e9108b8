package dev.kinto.processor;

import dev.kinto.apidoc.ApidocComment;
import dev.kinto.apidoc.SourcePosition;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * A comment that documents a route where no method is that could handle it: on a class, a field, a
 * constructor, a package, or on nothing. The apidoc tool reads it there, so it is not passed over
 * in silence (contract C10).
 *
 * @param where it stands, for messages
 * @param at where messages are shown; null for the place in the comment
 * @param comment what it says
 */
record MisplacedComment(String where, @Nullable ElementPosition at, ApidocComment comment) {
  /** Members with Javadoc of their own; Eclipse's compiler fails if a record component is asked. */
  private static final Set<ElementKind> MEMBERS =
      EnumSet.of(ElementKind.FIELD, ElementKind.ENUM_CONSTANT, ElementKind.CONSTRUCTOR);

  /** That of a package, or those of a class and its members, but of none of the classes in it. */
  static List<MisplacedComment> of(Element typeOrPackage, Elements elements) {
    Stream<? extends Element> members =
        typeOrPackage instanceof TypeElement type
            ? type.getEnclosedElements().stream()
            : Stream.empty();
    return Stream.concat(
            Stream.of(typeOrPackage), members.filter(each -> MEMBERS.contains(each.getKind())))
        .flatMap(element -> comment(element, elements).stream())
        .toList();
  }

  private static Optional<MisplacedComment> comment(Element element, Elements elements) {
    return MethodReader.declaring(element, elements)
        .map(comment -> new MisplacedComment("the comment of " + kind(element), null, comment));
  }

  /** One that is the Javadoc of nothing that a processor is shown. */
  static MisplacedComment loose(ApidocComment comment, Element typeOrPackage) {
    int line = ((SourcePosition) said(comment).at()).line();
    return new MisplacedComment(
        "a comment (line " + line + ") on nothing, or inside a method",
        ElementPosition.of(typeOrPackage),
        comment);
  }

  /** That the route, or else the field, is in no manifest. */
  Mistake mistake() {
    Text said = said(comment);
    return Rule.COMMENT_PLACE.at(at == null ? said.at() : at, said.value(), where);
  }

  private static Text said(ApidocComment comment) {
    return comment.addresses().stream()
        .findFirst()
        .map(address -> address.path().with(address.toString()))
        .or(comment::contractTag)
        .orElseThrow();
  }

  private static String kind(Element element) {
    String kind = element.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return ("aeio".indexOf(kind.charAt(0)) < 0 ? "a " : "an ") + kind;
  }
}
