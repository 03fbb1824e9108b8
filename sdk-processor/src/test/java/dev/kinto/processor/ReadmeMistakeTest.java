package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Path;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What the README shows of a mistake is what javac prints (contract C16). */
class ReadmeMistakeTest {
  private static final Path FOLDER = Sources.RESOURCES.resolve("readme");

  @Test
  void theShownMessageIsTheCompilersOwn() throws IOException {
    JavaFileObject source =
        JavaFileObjects.forSourceString(
            "readme.Mistake", Sources.text(FOLDER.resolve("Mistake.java")));
    Compilation compilation = Compiler.javac().withProcessors(new KintoProcessor()).compile(source);
    String shown = compilation.errors().getFirst().toString().replaceFirst("^.*/", "");
    assertEquals(Sources.text(FOLDER.resolve("mistake.txt")).strip(), shown.strip());
  }
}
