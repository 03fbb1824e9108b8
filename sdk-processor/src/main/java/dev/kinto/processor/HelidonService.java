package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.Route;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;

/**
 * The {@code HttpService} that registers the Helidon handlers of one microservice and serves its
 * manifest (contract C14). Helidon's types are named only, so that the processor needs none.
 */
final class HelidonService {
  private static final String HTTP = "io.helidon.webserver.http";
  private static final ClassName HTTP_SERVICE = ClassName.get(HTTP, "HttpService");
  private static final ClassName HTTP_RULES = ClassName.get(HTTP, "HttpRules");
  private static final ClassName SERVER_REQUEST = ClassName.get(HTTP, "ServerRequest");
  private static final ClassName SERVER_RESPONSE = ClassName.get(HTTP, "ServerResponse");
  private static final ClassName METHOD = ClassName.get("io.helidon.http", "Method");
  private static final ClassName PATH_MATCHERS = ClassName.get("io.helidon.http", "PathMatchers");

  /** The methods for which HttpRules has a method of its own. */
  private static final Set<String> COMMON =
      Set.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH");

  /**
   * A route and the method that handles it.
   *
   * @param route the route
   * @param handlers the class of the method
   * @param handler the method
   */
  record Registration(Route route, HandlerClass handlers, Handler handler) {}

  private final ClassName name;
  private final String microservice;
  private final List<Registration> registrations;
  private final GeneratedTypes types;
  private final Map<ClassName, TypeName> instances = new TreeMap<>();
  private final NameAllocator fields = new NameAllocator();
  private final Modifier[] visibility;

  private HelidonService(
      ClassName name, String microservice, List<Registration> registrations, GeneratedTypes types) {
    this.name = name;
    this.types = types;
    this.microservice = microservice;
    this.registrations =
        registrations.stream()
            .sorted(
                Comparator.comparing((Registration r) -> r.route().path(), HelidonPath.ORDER)
                    .thenComparing(r -> r.route().method()))
            .toList();
    for (Registration registration : registrations) {
      if (!registration.handler().isStatic()) {
        instances.put(registration.handlers().name(), typeOf(registration.handlers()));
      }
    }
    instances.keySet().forEach(type -> fields.newName(JavaNames.variable(type.simpleName()), type));
    this.visibility =
        GeneratedTypes.visibility(
            registrations.stream()
                .map(registration -> registration.handlers().reach())
                .reduce(Handler.Reach.PUBLIC, Handler.Reach::narrowest));
  }

  /** {@code ArticlesRoutes}, in the package of the first class with Helidon handlers. */
  static ClassName nameFor(String microservice, List<HandlerClass> classes) {
    String packageName =
        classes.stream()
            .filter(handlers -> !handlers.helidonHandlers().isEmpty())
            .map(HandlerClass::name)
            .sorted()
            .findFirst()
            .orElseThrow()
            .packageName();
    return ClassName.get(packageName, JavaNames.type(microservice) + "Routes");
  }

  static JavaFile of(
      ClassName name, String microservice, List<Registration> registrations, GeneratedTypes types) {
    HelidonService service = new HelidonService(name, microservice, registrations, types);
    return JavaFile.builder(name.packageName(), service.type())
        .skipJavaLangImports(true)
        .indent("  ")
        .build();
  }

  private static TypeName typeOf(HandlerClass handlers) {
    if (handlers.typeParameters() == 0) {
      return handlers.name();
    }
    TypeName any = WildcardTypeName.subtypeOf(Object.class);
    return ParameterizedTypeName.get(
        handlers.name(),
        Collections.nCopies(handlers.typeParameters(), any).toArray(TypeName[]::new));
  }

  private TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "Registers the routes of the microservice {@code $L} with Helidon, and serves its"
                    + " manifest.\n",
                microservice)
            .addAnnotations(types.generated())
            .addModifiers(visibility)
            .addModifiers(Modifier.FINAL)
            .addSuperinterface(HTTP_SERVICE);
    instances.forEach(
        (handlers, instance) ->
            type.addField(instance, fields.get(handlers), Modifier.PRIVATE, Modifier.FINAL));
    return type.addMethod(constructor()).addMethod(routing()).addMethod(manifest()).build();
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addJavadoc("Takes the handlers, whose routes it will register.\n")
            .addModifiers(visibility);
    instances.forEach(
        (handlers, instance) -> {
          String field = fields.get(handlers);
          constructor.addParameter(instance, field);
          constructor.addStatement("this.$L = $L", field, field);
        });
    return constructor.build();
  }

  private MethodSpec routing() {
    MethodSpec.Builder routing =
        MethodSpec.methodBuilder("routing")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PUBLIC)
            .addParameter(HTTP_RULES, "rules")
            .addStatement("rules.get($S, $T::manifest)", Manifest.WELL_KNOWN_PATH, name);
    for (Registration registration : registrations) {
      String method = registration.route().method();
      routing.addStatement(registered(registration, method));
      if (method.equals("GET") && !isDeclared("HEAD", registration.route())) {
        routing.addStatement(registered(registration, "HEAD"));
      }
    }
    return routing.build();
  }

  /** Whether the author handles this method on the path; else HEAD goes where GET goes (C21). */
  private boolean isDeclared(String method, Route like) {
    return registrations.stream()
        .map(Registration::route)
        .anyMatch(
            route ->
                route.method().equals(method) && route.path().shape().equals(like.path().shape()));
  }

  private CodeBlock registered(Registration registration, String method) {
    Handler handler = registration.handler();
    Object owner =
        handler.isStatic()
            ? CodeBlock.of("$T", registration.handlers().name())
            : fields.get(registration.handlers().name());
    String path = HelidonPath.of(registration.route().path());
    return COMMON.contains(method)
        ? CodeBlock.of(
            "rules.$L($S, $L::$L)", method.toLowerCase(Locale.ROOT), path, owner, handler.method())
        : CodeBlock.of(
            "rules.route($T.create($S), $T.create($S), $L::$L)",
            METHOD,
            method,
            PATH_MATCHERS,
            path,
            owner,
            handler.method());
  }

  private MethodSpec manifest() {
    String resource = "/" + Manifest.JAR_FOLDER + microservice + ".json";
    return MethodSpec.methodBuilder("manifest")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(SERVER_REQUEST, "request")
        .addParameter(SERVER_RESPONSE, "response")
        .addException(IOException.class)
        .beginControlFlow(
            "try ($T manifest = $T.class.getResourceAsStream($S))",
            InputStream.class,
            name,
            resource)
        .addStatement("$T.requireNonNull(manifest, $S)", Objects.class, resource.substring(1))
        .addStatement("response.header($S, $S)", "Content-Type", "application/json")
        .addStatement("response.send(manifest.readAllBytes())")
        .endControlFlow()
        .build();
  }
}
