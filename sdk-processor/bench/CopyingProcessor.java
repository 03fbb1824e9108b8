import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Gives javac the sources of a directory, of the package {@code bench}, as if it had generated
 * them. What a compilation costs with it is what no processor that generates them could save.
 */
@SupportedAnnotationTypes("*")
@SupportedOptions("directory")
public final class CopyingProcessor extends AbstractProcessor {
  private boolean done;

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!done) {
      done = true;
      sources().forEach(this::copy);
    }
    return false;
  }

  private List<Path> sources() {
    try (Stream<Path> files = Files.list(Path.of(processingEnv.getOptions().get("directory")))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy(Path source) {
    String type = source.getFileName().toString().replace(".java", "");
    try (var out = processingEnv.getFiler().createSourceFile("bench." + type).openWriter()) {
      out.write(Files.readString(source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
