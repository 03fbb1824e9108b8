package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.kinto.manifest.SessionRead;
import dev.kinto.processor.FieldConstants.Declared;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** The record of the session fields that one route reads (contract C6, C13). */
final class ReadRecord {
  /** The names that the language allows no component (JLS 8.10.1). */
  private static final List<String> FORBIDDEN =
      List.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private static final CodeBlock READ =
      CodeBlock.of(
          """
          Reads the fields from a request.

          @param lookup gives the value of a request header by name, or null
          @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
              not of its type
          """);

  private final DeclaredRoute route;
  private final String name;
  private final FieldConstants constants;
  private final GeneratedTypes types;
  private final Modifier[] visibility;
  private final NameAllocator components = new NameAllocator();

  ReadRecord(
      DeclaredRoute route,
      String name,
      FieldConstants constants,
      GeneratedTypes types,
      Modifier[] visibility) {
    this.route = route;
    this.name = name;
    this.constants = constants;
    this.types = types;
    this.visibility = visibility;
    FORBIDDEN.forEach(components::newName);
  }

  TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.recordBuilder(name)
            .addModifiers(visibility)
            .addJavadoc("What $L reads.\n", RouteWords.of(route.route()));
    MethodSpec.Builder components = MethodSpec.constructorBuilder();
    CodeBlock.Builder values = CodeBlock.builder();
    for (SessionRead read : route.reads()) {
      String component = this.components.newName(JavaNames.variable(read.field().spelling()));
      String constant = constants.ofField(Declared.by(read));
      ValueType value = ValueType.of(read.type(), read.defaultValue());
      type.addJavadoc("\n@param $L $L", component, words(read));
      components.addParameter(componentType(read, value), component);
      values.add(values.isEmpty() ? "\n" : ",\n");
      values.add(
          "$L.$L$L(lookup)",
          constant,
          isAlwaysThere(read) ? "required" : "optional",
          value.suffix());
    }
    return type.recordConstructor(components.build()).addMethod(read(values.build())).build();
  }

  /** Whether there is a value in any call: the session's, or the default. */
  private static boolean isAlwaysThere(SessionRead read) {
    return read.required() || read.defaultValue().isPresent();
  }

  private static TypeName componentType(SessionRead read, ValueType value) {
    return isAlwaysThere(read)
        ? value.java()
        : ParameterizedTypeName.get(ClassName.get(Optional.class), value.java().box());
  }

  private static String words(SessionRead read) {
    String field = JavadocText.code(read.field().spelling());
    String words = JavadocText.words(read.description());
    String text = words.isEmpty() ? "the session field " + field : words + ": " + field;
    return read.defaultValue()
        .map(value -> text + ", " + JavadocText.code(value) + " unless set")
        .orElse(text);
  }

  private MethodSpec read(CodeBlock values) {
    return MethodSpec.methodBuilder("read")
        .addJavadoc(READ)
        .addModifiers(visibility)
        .addModifiers(Modifier.STATIC)
        .returns(ClassName.get("", name))
        .addParameter(ParameterSpec.builder(types.lookup(), "lookup").build())
        .addStatement("return new $L($L)", name, values)
        .build();
  }
}
