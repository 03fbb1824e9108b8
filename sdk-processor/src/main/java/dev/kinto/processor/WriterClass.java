package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.kinto.manifest.SessionWrite;
import dev.kinto.processor.FieldConstants.Declared;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** The writer of the session fields that one route may set, and of no others (contract C7, C13). */
final class WriterClass {
  /** The methods that every object has, and the writer's own. */
  private static final List<String> TAKEN =
      List.of(
          "clone",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "to",
          "toString",
          "wait");

  private static final MethodSpec CONSTRUCTOR =
      MethodSpec.constructorBuilder()
          .addModifiers(Modifier.PRIVATE)
          .addParameter(GeneratedTypes.SETTER, "setter")
          .addStatement("this.setter = setter")
          .build();

  private static final CodeBlock TO =
      CodeBlock.of(
          """
          A writer to a response.

          @param setter sets a response header, given its name and value
          """);

  private final DeclaredRoute route;
  private final ClassName name;
  private final FieldConstants constants;
  private final Modifier[] visibility;
  private final NameAllocator methods = new NameAllocator();

  WriterClass(
      DeclaredRoute route, ClassName name, FieldConstants constants, Modifier[] visibility) {
    this.route = route;
    this.name = name;
    this.constants = constants;
    this.visibility = visibility;
    TAKEN.forEach(methods::newName);
  }

  TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "Sets what $L may set, before the response is sent.", RouteWords.of(route.route()))
            .addModifiers(visibility)
            .addModifiers(Modifier.STATIC, Modifier.FINAL);
    type.addField(GeneratedTypes.SETTER, "setter", Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(CONSTRUCTOR)
        .addMethod(to());
    for (SessionWrite write : route.writes()) {
      String method = methods.newName(JavaNames.variable(write.field().spelling()));
      String clear = methods.newName("clear" + JavaNames.type(write.field().spelling()));
      type.addMethod(set(write, method)).addMethod(clear(write, clear));
    }
    return type.build();
  }

  private MethodSpec to() {
    return MethodSpec.methodBuilder("to")
        .addJavadoc(TO)
        .addModifiers(visibility)
        .addModifiers(Modifier.STATIC)
        .returns(name)
        .addParameter(GeneratedTypes.SETTER, "setter")
        .addStatement("return new $T(setter)", name)
        .build();
  }

  private MethodSpec set(SessionWrite write, String method) {
    String words = JavadocText.sentence(write.description());
    return MethodSpec.methodBuilder(method)
        .addJavadoc(
            """
            Sets $L$L

            @throws dev.kinto.session.SessionValueException if the value is no $L
            """,
            JavadocText.code(write.field().spelling()),
            words.isEmpty() ? "." : ": " + words,
            JavadocText.code(write.type().toString()))
        .addModifiers(visibility)
        .returns(name)
        .addParameter(ValueType.of(write.type(), Optional.empty()).java(), "value")
        .addStatement(
            "setter.accept($L, $L.encode(value))",
            constants.ofName(write.field()),
            constants.ofField(Declared.by(write)))
        .addStatement("return this")
        .build();
  }

  private MethodSpec clear(SessionWrite write, String method) {
    return MethodSpec.methodBuilder(method)
        .addJavadoc("Removes $L from the session.", JavadocText.code(write.field().spelling()))
        .addModifiers(visibility)
        .returns(name)
        .addStatement("setter.accept($L, $S)", constants.ofName(write.field()), "")
        .addStatement("return this")
        .build();
  }
}
