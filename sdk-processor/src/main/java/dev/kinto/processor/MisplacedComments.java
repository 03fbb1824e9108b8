package dev.kinto.processor;

import dev.kinto.apidoc.Address;
import dev.kinto.apidoc.ApidocComment;
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

/**
 * Javadoc that documents a route where no method is that could handle it: on a class, a field, a
 * constructor. The apidoc tool reads it there, so it is not passed over in silence (contract C10).
 *
 * @param on what it stands on
 * @param comment what it says
 */
record MisplacedComments(Element on, ApidocComment comment) {
  /** Members with Javadoc of their own; Eclipse's compiler fails if a record component is asked. */
  private static final Set<ElementKind> MEMBERS =
      EnumSet.of(ElementKind.FIELD, ElementKind.ENUM_CONSTANT, ElementKind.CONSTRUCTOR);

  /** Those of a class and its members, without those of the classes in it. */
  static List<MisplacedComments> of(TypeElement type, Elements elements) {
    return Stream.concat(Stream.of(type), type.getEnclosedElements().stream())
        .filter(element -> element.equals(type) || MEMBERS.contains(element.getKind()))
        .flatMap(element -> comment(element, elements).stream())
        .toList();
  }

  private static Optional<MisplacedComments> comment(Element element, Elements elements) {
    return MethodReader.declaring(element, elements)
        .map(comment -> new MisplacedComments(element, comment));
  }

  /** That the route, or else the field, is in no manifest. */
  Mistake mistake() {
    Text said =
        comment.contractTag().filter(tag -> comment.addresses().isEmpty()).orElseGet(this::address);
    return Rule.COMMENT_PLACE.at(said.at(), said.value(), kind());
  }

  private Text address() {
    Address first = comment.addresses().get(0);
    return first.path().with(first.toString());
  }

  private String kind() {
    String kind = on.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return ("aeio".indexOf(kind.charAt(0)) < 0 ? "a " : "an ") + kind;
  }
}
