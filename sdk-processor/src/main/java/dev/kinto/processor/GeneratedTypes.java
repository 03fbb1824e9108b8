package dev.kinto.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.annotation.processing.Generated;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The types that generated code mentions, as far as the author's module has them. */
final class GeneratedTypes {
  private static final ClassName NULLABLE = ClassName.get("org.jspecify.annotations", "Nullable");

  /** Sets a header of the response. */
  static final TypeName SETTER =
      ParameterizedTypeName.get(BiConsumer.class, String.class, String.class);

  private final boolean generated;
  private final boolean nullable;

  private GeneratedTypes(boolean generated, boolean nullable) {
    this.generated = generated;
    this.nullable = nullable;
  }

  /** What the class can mention: in a named module it is only what that module reads. */
  static GeneratedTypes seenFrom(TypeElement handlers, Elements elements) {
    ModuleElement module = elements.getModuleOf(handlers);
    TypeLookup lookup = new TypeLookup(elements);
    return new GeneratedTypes(
        lookup.find(module, Generated.class.getName()).isPresent(),
        lookup.find(module, NULLABLE.canonicalName()).isPresent());
  }

  /** Looks a header of the request up; says that it may give null where JSpecify can be seen. */
  TypeName lookup() {
    TypeName text = ClassName.get(String.class);
    return ParameterizedTypeName.get(
        ClassName.get(Function.class),
        text,
        nullable ? text.annotated(AnnotationSpec.builder(NULLABLE).build()) : text);
  }

  /** {@code @Generated}, in a list for {@code addAnnotations}. */
  List<AnnotationSpec> generated() {
    return generated
        ? List.of(
            AnnotationSpec.builder(Generated.class)
                .addMember("value", "$S", KintoProcessor.class.getName())
                .build())
        : List.of();
  }

  /** {@code public} if the handlers are visible everywhere, else nothing. */
  static Modifier[] visibility(Handler.Reach reach) {
    return reach == Handler.Reach.PUBLIC ? new Modifier[] {Modifier.PUBLIC} : new Modifier[0];
  }
}
