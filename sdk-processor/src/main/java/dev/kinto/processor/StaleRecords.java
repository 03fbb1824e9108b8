package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * Makes javac forget the records of an earlier compilation before they are generated again.
 *
 * <p>Javac 17 crashes when a record that it has read from a class file, because some signature
 * mentions it, is generated as source later in the same compilation: it then has the components
 * twice, and the first ones have no accessor. The same class file without them, written in the
 * round before, empties that list; the compilation then writes the new one over it, or, if it
 * fails, leaves one behind that is as good as the old.
 */
final class StaleRecords {
  private final Filer filer;
  private final Elements elements;
  private final boolean harmful;

  StaleRecords(ProcessingEnvironment environment) {
    this.filer = environment.getFiler();
    this.elements = environment.getElementUtils();
    // Seen in 17 and not in 25; in those between it is harmless.
    this.harmful = Runtime.version().feature() < 25;
  }

  /** Empties the records of a generated class; whether there were any, so that a round is due. */
  boolean forget(ClassName generated) {
    TypeElement stale =
        harmful ? new TypeLookup(elements).find(generated.canonicalName()).orElse(null) : null;
    if (stale == null) {
      return false;
    }
    List<TypeElement> records =
        ElementFilter.typesIn(stale.getEnclosedElements()).stream()
            .filter(type -> type.getKind() == ElementKind.RECORD && isInOutput(type))
            .toList();
    records.forEach(this::empty);
    return !records.isEmpty();
  }

  /** A record elsewhere on the class path is somebody else's, and is not generated again. */
  private boolean isInOutput(TypeElement type) {
    try {
      return compiled(elements.getBinaryName(type).toString()).length > 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private void empty(TypeElement stale) {
    String name = elements.getBinaryName(stale).toString();
    try {
      byte[] compiled = compiled(name);
      try (OutputStream out = filer.createClassFile(name).openOutputStream()) {
        out.write(RecordClassFile.withoutComponents(compiled));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name, e);
    }
  }

  private byte[] compiled(String name) throws IOException {
    int dot = name.lastIndexOf('.');
    String folder = dot < 0 ? "" : name.substring(0, dot);
    String file = name.substring(dot + 1) + ".class";
    try (InputStream in =
        filer.getResource(StandardLocation.CLASS_OUTPUT, folder, file).openInputStream()) {
      return in.readAllBytes();
    }
  }
}
