package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import dev.kinto.apidoc.Address;
import dev.kinto.apidoc.ApidocComment;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Reads what the author of a class declared, without judging it. */
final class ClassReader {
  private static final String HELIDON = "io.helidon.webserver.http.";

  private final Elements elements;
  private final LooseComments loose;

  ClassReader(Elements elements, LooseComments loose) {
    this.elements = elements;
    this.loose = loose;
  }

  /** Whether the class declares something, or is of a microservice. */
  boolean concerns(TypeElement type) {
    return !KotlinCopies.isCopy(type)
        && (microservice(type).isPresent()
            || !declaring(type).isEmpty()
            || !misplaced(type).isEmpty());
  }

  /** The methods on which something is declared, in annotations or Javadoc. */
  private List<ExecutableElement> declaring(TypeElement type) {
    return KotlinCopies.originals(type).stream()
        .filter(method -> !Annotation.on(method).isEmpty() || comment(method).isPresent())
        .toList();
  }

  private List<MisplacedComment> misplaced(Element typeOrPackage) {
    return Stream.concat(
            MisplacedComment.of(typeOrPackage, elements).stream(),
            loose.of(typeOrPackage).stream()
                .map(comment -> MisplacedComment.loose(comment, typeOrPackage)))
        .toList();
  }

  /** What comments of a package's own source document: a package handles nothing. */
  List<Mistake> misplacedOn(PackageElement of) {
    List<MisplacedComment> misplaced = misplaced(of);
    if (misplaced.isEmpty() || microservice(of).isPresent()) {
      return misplaced.stream().map(MisplacedComment::mistake).toList();
    }
    return List.of(ofNobody(misplaced.stream().map(MisplacedComment::comment).toList()));
  }

  private Optional<ApidocComment> comment(Element element) {
    return MethodReader.declaring(element, elements);
  }

  /** Whether a class of another microservice may have its routes: an interface, for instance. */
  boolean mayBeInherited(TypeElement type) {
    return type.getModifiers().contains(Modifier.ABSTRACT)
        && declaring(type).stream()
            .allMatch(method -> Mapping.of(new HandlerMethod(type, List.of(method))).isPresent());
  }

  /** Whether all that is to be read can be read in this round. */
  boolean isResolved(TypeElement type) {
    return microservice(type).stream().allMatch(Annotation::isResolved)
        && HandlerMethod.of(type, elements).stream()
            .flatMap(
                method ->
                    Stream.concat(
                        Annotation.on(method.declaring()).stream(), Mapping.annotations(method)))
            .allMatch(Annotation::isResolved);
  }

  /**
   * Reads the class.
   *
   * @param remembered what is known of classes that are not compiled now
   * @param mistakes where mistakes go that leave no class to speak of
   * @return the class if it has routes and a microservice
   */
  Optional<HandlerClass> read(
      TypeElement type, RememberedClasses remembered, List<Mistake> mistakes) {
    return read(type, remembered::javadoc, false, mistakes);
  }

  /** Reads a class that was compiled before. */
  Optional<HandlerClass> recall(TypeElement type, RememberedClasses remembered) {
    // Its mistakes were printed when it was compiled.
    return concerns(type)
        ? read(type, remembered::javadoc, true, new ArrayList<>())
        : Optional.empty();
  }

  private Optional<HandlerClass> read(
      TypeElement type,
      Function<ExecutableElement, @Nullable String> javadoc,
      boolean recalled,
      List<Mistake> mistakes) {
    Optional<Text> microservice = microservice(type).map(given -> given.text("value"));
    if (microservice.isEmpty()) {
      mistakes.add(withoutMicroservice(type));
      return Optional.empty();
    }
    List<Mistake> ofClass = new ArrayList<>();
    misplaced(type).forEach(comment -> ofClass.add(comment.mistake()));
    List<Handler> handlers = new ArrayList<>();
    for (HandlerMethod method : HandlerMethod.of(type, elements)) {
      boolean mapped = Mapping.of(method).filter(mapping -> !mapping.client()).isPresent();
      if (mapped || method.isOwn()) {
        // Only what a framework has mapped inherits its declaration.
        HandlerMethod read = mapped ? method : method.alone();
        MethodReader reader = new MethodReader(read, javadoc, ofClass);
        reader
            .read()
            .ifPresent(route -> handlers.add(handler(read, method.inherits(), route, reader)));
      }
    }
    return Optional.of(
        new HandlerClass(
            ClassName.get(type),
            type.getTypeParameters().size(),
            reach(type),
            type.getModifiers().contains(Modifier.ABSTRACT),
            microservice.get(),
            handlers,
            recalled ? List.of() : ofClass,
            recalled));
  }

  /** The nearest {@code @Microservice}: on the class, a class around it, or the package. */
  private static Optional<Annotation> microservice(Element typeOrPackage) {
    for (Element at = typeOrPackage; at != null; at = at.getEnclosingElement()) {
      Optional<Annotation> found =
          Annotation.on(at).stream().filter(a -> a.name().equals("Microservice")).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The first that is certainly meant for the gateway, or else the first route of a comment. */
  private Mistake withoutMicroservice(TypeElement type) {
    List<ExecutableElement> declaring = declaring(type);
    List<ApidocComment> comments =
        Stream.concat(
                declaring.stream().flatMap(method -> comment(method).stream()),
                misplaced(type).stream().map(MisplacedComment::comment))
            .toList();
    Optional<Mistake> annotated =
        declaring.stream()
            .flatMap(method -> Annotation.on(method).stream())
            .findFirst()
            .map(first -> Rule.MICROSERVICE_MISSING.at(first.at(), "@" + first.name()));
    return annotated.orElseGet(() -> ofNobody(comments));
  }

  private static Mistake ofNobody(List<ApidocComment> comments) {
    return comments.stream()
        .flatMap(comment -> comment.contractTag().stream())
        .findFirst()
        .map(tag -> Rule.MICROSERVICE_MISSING.at(tag.at(), tag.value()))
        .orElseGet(() -> documentedOnly(comments.get(0).addresses().get(0)));
  }

  private static Mistake documentedOnly(Address address) {
    return Rule.MICROSERVICE_UNNAMED.at(address.path().at(), address);
  }

  private static Handler handler(
      HandlerMethod of, List<String> inherits, RouteDeclaration route, MethodReader reader) {
    ExecutableElement method = of.method();
    TypeElement declaring =
        (TypeElement) Objects.requireNonNull(of.declaring().getEnclosingElement());
    return new Handler(
        route,
        method.getSimpleName().toString(),
        method.getModifiers().contains(Modifier.STATIC),
        // A framework's handler is registered by its framework.
        isHelidonHandler(method) && Mapping.of(of).isEmpty(),
        reach(method),
        ElementPosition.of(method),
        HandlerMethod.key(method),
        inherits,
        reader.conditions(),
        reader.isNamed(),
        declaring.equals(of.type()) || microservice(declaring).isEmpty());
  }

  private static boolean isHelidonHandler(ExecutableElement method) {
    List<? extends VariableElement> parameters = method.getParameters();
    return parameters.size() == 2
        && isOfType(parameters.get(0), HELIDON + "ServerRequest")
        && isOfType(parameters.get(1), HELIDON + "ServerResponse");
  }

  private static boolean isOfType(VariableElement parameter, String qualifiedName) {
    return parameter.asType() instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement type
        && type.getQualifiedName().contentEquals(qualifiedName);
  }

  private static Handler.Reach reach(Element element) {
    Handler.Reach own = ownReach(element);
    Element around = element.getEnclosingElement();
    return around instanceof TypeElement ? own.narrowest(reach(around)) : own;
  }

  private static Handler.Reach ownReach(Element element) {
    if (element.getModifiers().contains(Modifier.PRIVATE)) {
      return Handler.Reach.PRIVATE;
    }
    return element.getModifiers().contains(Modifier.PUBLIC)
        ? Handler.Reach.PUBLIC
        : Handler.Reach.PACKAGE;
  }
}
