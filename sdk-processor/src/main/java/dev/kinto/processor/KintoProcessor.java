package dev.kinto.processor;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Checks classes with routes while they compile, and writes for each microservice its manifest, for
 * each class typed accessors of its session fields, and for Helidon handlers the service that
 * registers them (contract C12 to C16). Javac finds it on its processor path; it claims no
 * annotation, so that others may read them too.
 */
@AutoService(Processor.class)
public final class KintoProcessor extends AbstractProcessor {
  private @Nullable MistakePrinter printer;
  private @Nullable RouteStep step;

  /** For javac. */
  public KintoProcessor() {}

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    printer = new MistakePrinter(environment);
    step = new RouteStep(environment, printer);
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    // Also for a class whose routes stand in its Javadoc, or whose last annotation was removed.
    return Set.of("*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (step != null && printer != null) {
      try {
        step.round(round);
      } catch (UncheckedIOException failure) {
        printer.printFailure("[KintoOutput] Kinto's processor " + reason(failure), null);
        step = null;
      } catch (RuntimeException | LinkageError | StackOverflowError failure) {
        // Thrown into javac it would hide every other message behind a stack trace (C16).
        printer.printFailure(
            "[KintoInternal] Kinto's processor failed: " + failure + " at " + top(failure),
            step.current());
        step = null;
      }
    }
    return false;
  }

  private static String reason(UncheckedIOException failure) {
    IOException cause = failure.getCause();
    return failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }

  private static Object top(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0];
  }
}
