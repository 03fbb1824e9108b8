package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The processor as javac finds it on its processor path, writing real files. */
class JavacTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path out;

  @Test
  void isFoundAndWritesTheManifestBesideTheClasses() throws IOException {
    assertEquals(List.of(), compile(CLASS_PATH, manager -> manager, "good/articles"));
    assertEquals(
        Sources.text(Sources.RESOURCES.resolve("expected/articles/META-INF/kinto/articles.json")),
        Files.readString(out.resolve("META-INF/kinto/articles.json")));
    assertTrue(Files.exists(out.resolve("articles/ArticlesRoutes.class")));
  }

  @Test
  void compilesASecondTimeOverItsOwnOutput() throws IOException {
    compile(CLASS_PATH, manager -> manager, "good/articles");
    assertEquals(
        List.of(),
        compile(CLASS_PATH + File.pathSeparator + out, manager -> manager, "good/articles"));
  }

  @Test
  void writesNoManifestOfAMicroserviceWithAnError() throws IOException {
    assertFalse(compile(CLASS_PATH, manager -> manager, "bad/FieldPrefix.java").isEmpty());
    assertFalse(Files.exists(out.resolve("META-INF")));
  }

  @Test
  void aWarningStopsNothing() throws IOException {
    assertEquals(1, compile(CLASS_PATH, manager -> manager, "bad/FieldTypeUnknown.java").size());
    assertTrue(Files.exists(out.resolve("META-INF/kinto/articles.json")));
  }

  @Test
  void writesNoEmptyManifest() throws IOException {
    assertEquals(
        List.of(), compile(CLASS_PATH, manager -> manager, "good/javadoc/package-info.java"));
    assertFalse(Files.exists(out.resolve("META-INF")));
  }

  @Test
  void needsNoJSpecifyInTheCompilation() throws IOException {
    String without =
        Arrays.stream(CLASS_PATH.split(File.pathSeparator))
            .filter(path -> !path.contains("jspecify"))
            .collect(Collectors.joining(File.pathSeparator));
    assertEquals(List.of(), compile(without, manager -> manager, "good/types"));
    assertTrue(
        Files.readString(out.resolve("types/Types_ReadsSession.java"))
            .contains("read(Function<String, String> lookup)"));
  }

  @Test
  void reportsThatAFileCannotBeWritten() throws IOException {
    List<String> messages = compile(CLASS_PATH, RefusingFileManager::new, "good/javadoc");
    assertEquals(
        List.of(
            "[KintoOutput] Kinto's processor cannot write META-INF/kinto/auth.json: disk is full"),
        messages);
  }

  /** C16: neither an exception nor an error of the machine reaches the user as a stack trace. */
  @ParameterizedTest
  @ValueSource(strings = {"exception", "error"})
  void reportsItsOwnFailureInOneLine(String kind) throws IOException {
    List<String> messages =
        compile(CLASS_PATH, manager -> new FailingFileManager(manager, kind), "good/javadoc");
    assertEquals(1, messages.size(), messages::toString);
    assertTrue(messages.get(0).startsWith("[KintoInternal] Kinto's processor failed: "));
    assertEquals(1, messages.get(0).lines().count(), messages::toString);
  }

  private interface Managing {
    JavaFileManager around(StandardJavaFileManager manager);
  }

  private List<String> compile(String classPath, Managing managing, String... paths)
      throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<Path> files = new ArrayList<>();
    Arrays.stream(paths).forEach(path -> files.addAll(Sources.in(path)));
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null);
        JavaFileManager managed = managing.around(manager)) {
      List<String> options =
          List.of(
              "-Xlint:all,-processing,-classfile,-path",
              "-d",
              out.toString(),
              "-cp",
              classPath,
              "-processorpath",
              CLASS_PATH);
      javac
          .getTask(
              null, managed, diagnostics, options, null, manager.getJavaFileObjectsFromPaths(files))
          .call();
    }
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .toList();
  }

  /** A disk that takes no resources. */
  private static final class RefusingFileManager
      extends ForwardingJavaFileManager<StandardJavaFileManager> {
    RefusingFileManager(StandardJavaFileManager manager) {
      super(manager);
    }

    @Override
    public FileObject getFileForOutput(
        Location location, String packageName, String name, FileObject sibling) throws IOException {
      throw new IOException("disk is full");
    }
  }

  /** A compiler that breaks. */
  private static final class FailingFileManager
      extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final String kind;

    FailingFileManager(StandardJavaFileManager manager, String kind) {
      super(manager);
      this.kind = kind;
    }

    @Override
    public FileObject getFileForOutput(
        Location location, String packageName, String name, FileObject sibling) {
      if (kind.equals("error")) {
        throw new NoClassDefFoundError("missing");
      }
      throw new IllegalStateException("broken");
    }
  }
}
