package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.kinto.manifest.FieldName;
import dev.kinto.processor.FieldConstants.Declared;
import dev.kinto.session.SessionField;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The typed accessors of one class (contract C13): constants for the fields and their names, and
 * for each route a record of what it reads and a writer of what it sets.
 */
final class Accessors {
  /** The simple names that generated code uses itself. */
  private static final List<String> USED =
      List.of(
          "BiConsumer",
          "Boolean",
          "Double",
          "Function",
          "Generated",
          "Long",
          "Nullable",
          "Optional",
          "SessionField",
          "String");

  private final HandlerClass handlers;
  private final ClassName name;
  private final GeneratedTypes types;
  private final Modifier[] visibility;
  private final List<DeclaredRoute> routes;
  private final FieldConstants constants;

  private Accessors(HandlerClass handlers, List<DeclaredRoute> routes, GeneratedTypes types) {
    this.handlers = handlers;
    this.name = nameFor(handlers.name());
    this.routes = routes;
    this.constants = new FieldConstants(routes.stream().map(DeclaredRoute::route).toList());
    this.types = types;
    this.visibility = GeneratedTypes.visibility(handlers.reach());
  }

  /** {@code Outer_InnerSession} for {@code Outer.Inner}. */
  static ClassName nameFor(ClassName handlers) {
    return ClassName.get(
        handlers.packageName(), String.join("_", handlers.simpleNames()) + "Session");
  }

  /** The source of the accessors for the routes of a class. */
  static JavaFile of(HandlerClass handlers, List<DeclaredRoute> routes, GeneratedTypes types) {
    Accessors accessors = new Accessors(handlers, routes, types);
    return JavaFile.builder(accessors.name.packageName(), accessors.type())
        .skipJavaLangImports(true)
        .indent("  ")
        .build();
  }

  private TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "The session fields that the routes of {@link $T} read and set.", handlers.name())
            .addAnnotations(types.generated())
            .addModifiers(visibility)
            .addModifiers(Modifier.FINAL);
    addConstants(type);
    type.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    NameAllocator nested = new NameAllocator();
    nested.newName(name.simpleName());
    USED.forEach(nested::newName);
    for (DeclaredRoute route : routes) {
      String base = JavaNames.type(route.route().name());
      if (!route.reads().isEmpty()) {
        type.addType(
            new ReadRecord(route, nested.newName(base), constants, types, visibility).type());
      }
      if (!route.writes().isEmpty()) {
        ClassName writer = name.nestedClass(nested.newName(base + "Writer"));
        type.addType(new WriterClass(route, writer, constants, visibility).type());
      }
    }
    return type.build();
  }

  private void addConstants(TypeSpec.Builder type) {
    for (FieldName field : constants.fields()) {
      type.addField(
          FieldSpec.builder(String.class, constants.ofName(field), visibility)
              .addModifiers(Modifier.STATIC, Modifier.FINAL)
              .initializer("$S", field.spelling())
              .build());
    }
    for (Declared field : constants.declared()) {
      type.addField(
          FieldSpec.builder(SessionField.class, constants.ofField(field))
              .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
              .initializer(declaration(field))
              .build());
    }
  }

  private CodeBlock declaration(Declared field) {
    String name = constants.ofName(field.field());
    CodeBlock plain = CodeBlock.of("$T.of($L, $S)", SessionField.class, name, field.type());
    return field
        .defaultValue()
        .map(value -> CodeBlock.of("$L.withDefault($S)", plain, value))
        .orElse(plain);
  }
}
