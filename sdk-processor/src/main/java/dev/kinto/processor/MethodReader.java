package dev.kinto.processor;

import dev.kinto.apidoc.Address;
import dev.kinto.apidoc.ApidocComment;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Reads the route of one method from its annotations (contract C8, C9), its Javadoc (C10) and its
 * framework's annotations (C15). What two of them say must be the same, and counts once.
 */
final class MethodReader {
  private static final Pattern IGNORED =
      Pattern.compile("^\\s*@apiIgnore\\b", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

  /** Express's parameter in a segment, as comments have it; behind a word a colon is itself. */
  private static final Pattern COLON_PARAMETER =
      Pattern.compile("/(?:[^/]*?[^/A-Za-z0-9])?:([A-Za-z_][A-Za-z0-9_-]*)(\\*?)[^/]*");

  private final ExecutableElement method;
  private final Optional<Mapping> mapping;
  private final List<Annotation> annotations;
  private final ApidocComment comment;
  private final boolean ignored;
  private final List<Mistake> mistakes;

  /**
   * A reader of one method.
   *
   * @param javadoc gives the Javadoc of a method
   * @param mistakes where to put what is wrong
   */
  MethodReader(
      HandlerMethod method,
      Function<ExecutableElement, @Nullable String> javadoc,
      List<Mistake> mistakes) {
    this.method = method.method();
    this.mapping = Mapping.of(method);
    this.annotations = Annotation.on(method.declaring());
    ExecutableElement commented = commented(method, javadoc);
    String text = Objects.requireNonNullElse(javadoc.apply(commented), "");
    this.comment = comment(commented, text);
    this.ignored = annotation("ApiIgnore").isPresent() || IGNORED.matcher(text).find();
    this.mistakes = mistakes;
  }

  /**
   * The nearest method whose Javadoc says something of apidoc's, or else the nearest that has any.
   */
  private static ExecutableElement commented(
      HandlerMethod method, Function<ExecutableElement, @Nullable String> javadoc) {
    Optional<ExecutableElement> any = Optional.empty();
    for (ExecutableElement each : method.hierarchy()) {
      String text = javadoc.apply(each);
      if (text != null && (text.contains("@api") || any.isEmpty())) {
        any = Optional.of(each);
        if (text.contains("@api")) {
          break;
        }
      }
    }
    return any.orElse(method.method());
  }

  /** What the Javadoc of an element says. */
  private static ApidocComment comment(Element element, String javadoc) {
    return ApidocComment.parse(
        javadoc, (line, column) -> new CommentPosition(element, line, column));
  }

  /** The same, if it is in the source and declares a route or a session field. */
  static Optional<ApidocComment> declaring(Element element, Elements elements) {
    String javadoc = Objects.requireNonNullElse(elements.getDocComment(element), "");
    return javadoc.contains("@api")
        ? Optional.of(comment(element, javadoc)).filter(ApidocComment::declares)
        : Optional.empty();
  }

  /** The declaration of the route; none if the method is no route. */
  Optional<RouteDeclaration> read() {
    if (ignored) {
      return Optional.empty();
    }
    mistakes.addAll(comment.mistakes());
    Optional<Annotation> api = annotation("Api");
    Optional<Mapping> mapping = mapping();
    if (api.isEmpty() && comment.addresses().isEmpty() && mapping.isEmpty()) {
      checkNothingIsDeclared();
      return Optional.empty();
    }
    Optional<Text> verb = word("method", api, Address::method, mapping.map(Mapping::methods));
    Optional<Text> path = word("path", api, Address::path, mapping.map(Mapping::paths));
    return verb.flatMap(method -> path.map(at -> route(method, at, api)));
  }

  /**
   * What the framework says; nothing counts that calls others, unless our annotations are on it.
   */
  private Optional<Mapping> mapping() {
    return mapping.filter(found -> !annotations.isEmpty() || !found.client());
  }

  /** The method or the path: ours, if somebody wrote it, and else the framework's. */
  private Optional<Text> word(
      String what,
      Optional<Annotation> api,
      Function<Address, Text> ofAddress,
      Optional<Mapping.Words> mapped) {
    List<Text> said = said(ofAddress);
    Optional<Text> ours =
        api.flatMap(given -> annotated(what, given))
            .or(() -> said.size() == 1 ? Optional.of(said.get(0)) : Optional.empty());
    if (ours.isPresent()) {
      mapped.flatMap(words -> words.contradict(what, ours.get())).ifPresent(mistakes::add);
      return ours;
    }
    Optional<Text> only = mapped.flatMap(Mapping.Words::only);
    if (only.isEmpty()) {
      mistakes.add(
          mapped.map(words -> words.unclear(what)).orElseGet(() -> unclear(what, said, api)));
    }
    return only;
  }

  /** The distinct words of a comment's addresses. */
  private List<Text> said(Function<Address, Text> word) {
    Map<String, Text> said = new LinkedHashMap<>();
    comment.addresses().stream().map(word).forEach(each -> said.putIfAbsent(each.value(), each));
    return List.copyOf(said.values());
  }

  private static Mistake unclear(String what, List<Text> said, Optional<Annotation> api) {
    return said.isEmpty()
        ? Rule.ROUTE_UNCLEAR.at(api.orElseThrow().at(), what, "@Api", "none")
        : Rule.ROUTE_UNCLEAR.at(said.get(1).at(), what, "the Javadoc", Mapping.Words.quoted(said));
  }

  /** What {@code @Api} says: a parameter that is written as in a comment is a mistake there. */
  private Optional<Text> annotated(String what, Annotation api) {
    Optional<Text> written = api.textUnlessEmpty(what);
    if (written.isEmpty() || !what.equals("path")) {
      return written;
    }
    String path = written.get().value();
    String meant = COLON_PARAMETER.matcher(path).replaceAll("/{$1$2}");
    if (!meant.equals(path)) {
      mistakes.add(
          Rule.PATH.at(
              written.get().at(),
              "A parameter is written {name} in annotations, and :name in comments only. Found: \""
                  + path
                  + "\". Write \""
                  + meant
                  + "\""));
    }
    return Optional.of(written.get().with(meant));
  }

  /** Whether the author named the route. */
  boolean isNamed() {
    return annotation("ApiName").isPresent() || comment.name().isPresent();
  }

  /** What the framework tells the handler apart by; empty if nothing. */
  String conditions() {
    return mapping.map(Mapping::conditions).orElse("");
  }

  private RouteDeclaration route(Text verb, Text path, Optional<Annotation> api) {
    Differences differences = new Differences(mistakes);
    differences.check("method", verb, said(Address::method));
    differences.check("path", path, said(Address::path));
    Optional<Text> name = annotation("ApiName").map(given -> given.text("value").joined());
    if (name.isPresent()) {
      comment.name().ifPresent(said -> differences.check("name", name.get(), said.value()));
    }
    return new RouteDeclaration(
        verb,
        path,
        name.or(comment::name).orElseGet(() -> new Text(simpleName(), verb.at())),
        new WordingReader(annotations, api, differences).read(comment),
        new FieldReader(annotations, differences).read(comment.fields()),
        annotation("RotatesToken").isPresent() || comment.rotatesToken());
  }

  private String simpleName() {
    return method.getSimpleName().toString();
  }

  private Optional<Annotation> annotation(String name) {
    return Annotation.named(name, annotations);
  }

  private void checkNothingIsDeclared() {
    if (!annotations.isEmpty()) {
      Annotation first = annotations.get(0);
      mistakes.add(Rule.ROUTE_MISSING.at(first.at(), "@" + first.name()));
    } else {
      // Of a comment only what can be nothing else: other tags may be meant for other readers.
      comment
          .contractTag()
          .ifPresent(tag -> mistakes.add(Rule.ROUTE_MISSING.at(tag.at(), tag.value())));
    }
  }
}
