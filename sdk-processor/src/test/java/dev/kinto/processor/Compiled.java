package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.kinto.manifest.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** What javac made of some sources with the processor: the subject of the tests. */
final class Compiled {
  private final Compilation compilation;

  private Compiled(Compilation compilation) {
    this.compilation = compilation;
  }

  static Compiled of(List<JavaFileObject> sources, Processor... others) {
    return of(List.of(), sources, others);
  }

  /** With more options for javac. */
  static Compiled of(List<String> options, List<JavaFileObject> sources, Processor... others) {
    List<Object> all = new ArrayList<>(options);
    // Nobody claims the annotations; other people's jars lack the annotations of theirs.
    all.add("-Xlint:all,-processing,-classfile,-path");
    List<Processor> processors = new ArrayList<>(List.of(others));
    processors.add(new KintoProcessor());
    return new Compiled(
        Compiler.javac().withProcessors(processors).withOptions(all).compile(sources));
  }

  static Compiled of(String fileName, String source) {
    return of(List.of(JavaFileObjects.forSourceString(fileName, source)));
  }

  /** Everything that was said, as {@code File.java:line:column: text}. */
  List<String> messages() {
    return compilation.diagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
        .map(Compiled::line)
        .toList();
  }

  private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
    String file =
        diagnostic.getSource() == null
            ? "-"
            : diagnostic.getSource().getName().replaceFirst(".*/", "");
    return file
        + ":"
        + diagnostic.getLineNumber()
        + ":"
        + diagnostic.getColumnNumber()
        + ": "
        + diagnostic.getMessage(Locale.ROOT);
  }

  /** Generated sources and resources by path; each manifest is held against the schema (C12). */
  Map<String, String> generated() {
    Map<String, String> generated = new TreeMap<>();
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() != JavaFileObject.Kind.CLASS) {
        String path = pathOf(file);
        generated.put(path, text(file));
        if (path.matches(Manifest.JAR_FOLDER + "[^.]+\\.json")) {
          assertEquals(List.of(), ManifestSchema.problems(text(file)), path);
        }
      }
    }
    return generated;
  }

  /** The path below the output folder. */
  private static String pathOf(JavaFileObject file) {
    return file.toUri().getPath().replaceFirst("^/[A-Z]+_OUTPUT/", "");
  }

  private static String text(JavaFileObject file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(JavaFileObject file) {
    try (InputStream in = file.openInputStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads the classes and resources. */
  ClassLoader loader() {
    Map<String, byte[]> files = new HashMap<>();
    compilation.generatedFiles().forEach(file -> files.put(pathOf(file), bytes(file)));
    return new MemoryLoader(files);
  }

  /** A class loader over files in memory. */
  private static final class MemoryLoader extends ClassLoader {
    private final Map<String, byte[]> files;

    MemoryLoader(Map<String, byte[]> files) {
      super(Compiled.class.getClassLoader());
      this.files = files;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = files.get(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      byte[] bytes = files.get(name);
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
  }
}
