package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.export.Export;
import dev.kinto.processor.HelidonService.Registration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The order of work: in each round read the classes, check their microservices, write accessors and
 * services; at the end write the manifests.
 *
 * <p>A class is read as soon as its own annotations are resolved. Its fields, signatures and bodies
 * may mention what is generated from it, so that auto-common's {@code BasicAnnotationProcessor},
 * which waits until a class is resolved as a whole, would wait for ever.
 */
final class RouteStep {
  private final SourceVersion release;
  private final Elements elements;
  private final TypeLookup lookup;
  private final ClassReader reader;
  private final LocalClasses local;
  private final MistakePrinter printer;
  private final GeneratedFiles files;
  private final Set<Export> exports;
  private final Set<String> deferred = new TreeSet<>();
  private final Map<String, List<HandlerClass>> services = new TreeMap<>();
  private final Map<String, ClassName> helidonServices = new TreeMap<>();
  private final RememberedClasses remembered;
  private final boolean again;
  private final StaleRecords stale;
  private final Map<String, List<Mistake>> contracts = new TreeMap<>();
  private final List<HandlerClass> waiting = new ArrayList<>();
  private boolean recalled;
  private boolean tooOldWasSaid;
  private @Nullable TypeElement current;

  RouteStep(ProcessingEnvironment environment, MistakePrinter printer, Set<Export> exports) {
    this.exports = exports;
    this.release = environment.getSourceVersion();
    this.elements = environment.getElementUtils();
    this.lookup = new TypeLookup(elements);
    this.reader = new ClassReader(elements, LooseComments.in(environment));
    this.local = LocalClasses.in(environment);
    this.printer = printer;
    this.files = new GeneratedFiles(environment.getFiler(), elements);
    this.remembered = RememberedClasses.read(environment);
    this.again = !remembered.isEmpty();
    this.stale = new StaleRecords(environment);
  }

  /** The class that is being worked on, for the report of a failure. */
  @Nullable TypeElement current() {
    return current;
  }

  void round(RoundEnvironment round) {
    Set<String> compiled = new TreeSet<>();
    round.getRootElements().forEach(root -> names(root, compiled));
    remembered.compiling(compiled);
    recallOnce(compiled);
    waiting.forEach(this::writeAccessors);
    waiting.clear();
    Set<String> touched = new TreeSet<>();
    round.getRootElements().forEach(root -> printer.print(local.mistakes(root)));
    ElementFilter.packagesIn(round.getRootElements())
        .forEach(root -> printer.print(reader.misplacedOn(root)));
    for (TypeElement type : candidates(round).values()) {
      current = type;
      forget(type);
      if (reader.isResolved(type)) {
        read(type).forEach(handlers -> touched.add(add(handlers)));
      } else {
        deferred.add(type.getQualifiedName().toString());
      }
    }
    touched.forEach(microservice -> printer.print(check(microservice).mistakes()));
    if (deferred.isEmpty() && !round.processingOver()) {
      services.keySet().forEach(this::writeHelidonService);
    }
    if (round.processingOver()) {
      printContractsOfNobody();
    }
    if (round.processingOver() && !round.errorRaised()) {
      services.keySet().forEach(this::writeManifest);
      remember();
    }
  }

  /** Abstract types of no microservice whose routes no class of one inherits. */
  private void printContractsOfNobody() {
    Set<String> inherited = new TreeSet<>();
    for (List<HandlerClass> classes : services.values()) {
      for (HandlerClass type : classes) {
        type.handlers().forEach(handler -> inherited.addAll(handler.inherits()));
      }
    }
    contracts.forEach(
        (type, mistakes) -> {
          if (inherited.stream().noneMatch(method -> method.startsWith(type + "#"))) {
            printer.print(mistakes);
          }
        });
  }

  /** Takes in what was compiled before and is not compiled now. */
  private void recallOnce(Set<String> compiled) {
    if (recalled) {
      return;
    }
    recalled = true;
    for (String name : remembered.names()) {
      TypeElement type = compiled.contains(name) ? null : lookup.find(name).orElse(null);
      if (type != null) {
        current = type;
        reader.recall(type, remembered).ifPresent(this::add);
      }
    }
  }

  private static void names(Element element, Set<String> names) {
    if (element instanceof TypeElement type) {
      names.add(type.getQualifiedName().toString());
      ElementFilter.typesIn(type.getEnclosedElements()).forEach(nested -> names(nested, names));
    }
  }

  /** A class that another processor generates again takes the place of the old one. */
  private void forget(TypeElement type) {
    ClassName name = ClassName.get(type);
    services
        .values()
        .forEach(classes -> classes.removeIf(old -> old.recalled() && old.name().equals(name)));
    services.values().removeIf(List::isEmpty);
  }

  private void remember() {
    List<HandlerClass> classes = services.values().stream().flatMap(List::stream).toList();
    remembered.replace(classes);
    if (again || !remembered.isEmpty()) {
      files.write(remembered);
    }
  }

  /**
   * The classes of this round and the deferred ones, by name: the same order for any order of
   * files.
   */
  private Map<String, TypeElement> candidates(RoundEnvironment round) {
    Map<String, TypeElement> candidates = new TreeMap<>();
    for (String name : deferred) {
      lookup.find(name).ifPresent(type -> candidates.put(name, type));
    }
    deferred.clear();
    round.getRootElements().forEach(root -> collect(root, candidates));
    return candidates;
  }

  private void collect(Element element, Map<String, TypeElement> candidates) {
    if (element instanceof TypeElement type) {
      if (reader.concerns(type)) {
        candidates.put(type.getQualifiedName().toString(), type);
      }
      ElementFilter.typesIn(type.getEnclosedElements())
          .forEach(nested -> collect(nested, candidates));
    }
  }

  private List<HandlerClass> read(TypeElement type) {
    List<Mistake> mistakes = new ArrayList<>();
    List<HandlerClass> classes = reader.read(type, remembered, mistakes).stream().toList();
    if (classes.isEmpty() && reader.mayBeInherited(type)) {
      contracts.put(type.getQualifiedName().toString(), mistakes);
    } else {
      printer.print(mistakes);
    }
    for (HandlerClass handlers : classes) {
      if (stale.forget(Accessors.nameFor(handlers.name()))) {
        waiting.add(handlers);
      } else {
        writeAccessors(handlers);
      }
    }
    return classes;
  }

  private String add(HandlerClass handlers) {
    String microservice = handlers.microservice().value();
    ClassName written = helidonServices.get(microservice);
    if (written != null && !handlers.helidonHandlers().isEmpty()) {
      printer.print(
          List.of(
              Rule.ROUTE_LATE.at(
                  handlers.helidonHandlers().get(0).at(),
                  handlers.name().simpleName(),
                  written.simpleName())));
    }
    List<HandlerClass> classes = services.computeIfAbsent(microservice, name -> new ArrayList<>());
    classes.add(handlers);
    // The same order whether a class is compiled now or was before.
    classes.sort(Comparator.comparing(HandlerClass::name));
    return microservice;
  }

  private ServiceCheck check(String microservice) {
    return ServiceCheck.of(services.getOrDefault(microservice, List.of()));
  }

  private void writeAccessors(HandlerClass handlers) {
    List<DeclaredRoute> routes = new ArrayList<>();
    handlers.handlers().stream()
        .filter(Handler::accessible)
        .forEach(
            handler ->
                ServiceCheck.route(handlers, handler)
                    .ifPresent(route -> routes.add(DeclaredRoute.of(handler.route(), route))));
    boolean useful =
        routes.stream()
            .map(DeclaredRoute::route)
            .anyMatch(
                route ->
                    !route.reads().isEmpty()
                        || !route.writes().isEmpty()
                        || !route.config().isEmpty());
    if (useful && release.compareTo(SourceVersion.RELEASE_16) < 0) {
      refuseRelease(handlers);
    } else if (useful) {
      write(Accessors.of(handlers, routes, typesFor(handlers.name())), List.of(handlers));
    }
  }

  /** Generated records would not compile, and the errors about them would not say why. */
  private void refuseRelease(HandlerClass handlers) {
    if (!tooOldWasSaid) {
      tooOldWasSaid = true;
      printer.printFailure(
          "[KintoJavaRelease] The accessors that are generated are records, which need Java 16 or"
              + " newer. These sources are compiled as Java "
              + release.name().replace("RELEASE_", "")
              + ". Raise it to 17: in Maven <maven.compiler.release>17</maven.compiler.release>"
              + " among the properties, in Gradle options.release = 17, in javac --release 17.",
          elements.getTypeElement(handlers.name().canonicalName()));
    }
  }

  private void writeHelidonService(String microservice) {
    List<HandlerClass> classes = services.getOrDefault(microservice, List.of());
    boolean any = classes.stream().anyMatch(handlers -> !handlers.helidonHandlers().isEmpty());
    if (!any || helidonServices.containsKey(microservice)) {
      return;
    }
    ClassName name = HelidonService.nameFor(microservice, classes);
    helidonServices.put(microservice, name);
    Set<RouteDeclaration> current = ServiceCheck.current(classes);
    List<Registration> registrations = new ArrayList<>();
    for (HandlerClass handlers : classes) {
      for (Handler handler : handlers.helidonHandlers()) {
        if (current.contains(handler.route())
            && ServiceCheck.isReachable(handler, handlers, name)) {
          ServiceCheck.route(handlers, handler)
              .ifPresent(route -> registrations.add(new Registration(route, handlers, handler)));
        }
      }
    }
    GeneratedTypes types = typesFor(classes.get(0).name());
    write(HelidonService.of(name, microservice, registrations, types), classes);
  }

  private GeneratedTypes typesFor(ClassName handlers) {
    return GeneratedTypes.seenFrom(elements.getTypeElement(handlers.canonicalName()), elements);
  }

  private void write(JavaFile source, List<HandlerClass> from) {
    files.write(source, from).ifPresent(mistake -> printer.print(List.of(mistake)));
  }

  private void writeManifest(String microservice) {
    List<HandlerClass> classes = services.getOrDefault(microservice, List.of());
    check(microservice)
        .manifest()
        // One without routes would hide the one that another compilation wrote.
        .filter(manifest -> !manifest.routes().isEmpty())
        .ifPresent(
            manifest -> {
              files.write(manifest, classes);
              exports.forEach(export -> files.write(export, manifest, classes));
            });
  }
}
