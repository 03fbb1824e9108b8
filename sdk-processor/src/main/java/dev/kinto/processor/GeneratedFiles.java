package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.export.Export;
import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Writes what is generated to where the compiler wants it, with the classes that it comes from. */
final class GeneratedFiles {
  private final Filer filer;
  private final Elements elements;

  GeneratedFiles(Filer filer, Elements elements) {
    this.filer = filer;
    this.elements = elements;
  }

  /** Writes a class; the mistake is that there is one of its name. */
  Optional<Mistake> write(JavaFile source, List<HandlerClass> from) {
    String simpleName = source.typeSpec().name();
    ClassName name = ClassName.get(source.packageName(), simpleName);
    Element[] origin = origin(from);
    try {
      JavaFileObject file = filer.createSourceFile(name.canonicalName(), origin);
      try (var writer = file.openWriter()) {
        // At once: a source is put together of many small pieces, and this writer has no buffer.
        writer.write(source.toString());
      }
      GeneratedSources.makeOlderThanClasses(file);
      return Optional.empty();
    } catch (FilerException exists) {
      TypeElement theirs = elements.getTypeElement(name.canonicalName());
      return Optional.of(
          Rule.GENERATED_NAME.at(
              ElementPosition.of(theirs == null ? origin[0] : theirs), name.canonicalName()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name.canonicalName(), e);
    }
  }

  /** Writes a manifest (contract C12). */
  void write(Manifest manifest, List<HandlerClass> from) {
    write(manifest.resourceName(), manifest.toJson(), origin(from));
  }

  /** Writes a document for other tools beside the manifest. */
  void write(Export export, Manifest manifest, List<HandlerClass> from) {
    write(export.resourceName(manifest), export.of(manifest), origin(from));
  }

  /**
   * Writes what the next compilation needs. It has no origin, or it would go with any one class.
   */
  void write(RememberedClasses classes) {
    write(RememberedClasses.FILE, classes.text());
  }

  private void write(String name, String text, Element... origin) {
    try (OutputStream out =
        filer.createResource(StandardLocation.CLASS_OUTPUT, "", name, origin).openOutputStream()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name, e);
    }
  }

  private Element[] origin(List<HandlerClass> classes) {
    return classes.stream()
        .map(handlers -> elements.getTypeElement(handlers.name().canonicalName()))
        .filter(Objects::nonNull)
        .toArray(Element[]::new);
  }
}
