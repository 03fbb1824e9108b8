package dev.kinto.processor;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
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
 * registers them (contract C12 to C16). Javac finds it on its processor path. Beside other
 * processors it claims no annotation, so that they may read them too; alone it claims all, since
 * javac warns of annotations that nobody claims.
 */
@AutoService(Processor.class)
public final class KintoProcessor extends AbstractProcessor {
  private @Nullable MistakePrinter printer;
  private @Nullable RouteStep step;
  private boolean failed;
  private boolean alone;

  /** For javac. */
  public KintoProcessor() {}

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    printer = new MistakePrinter(environment);
    alone = isAlone();
  }

  /** Whether the processor path, which is one class loader's, holds no processor of others. */
  private static boolean isAlone() {
    try {
      return ServiceLoader.load(Processor.class, KintoProcessor.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::type)
          .allMatch(type -> type.getPackage().equals(KintoProcessor.class.getPackage()));
    } catch (ServiceConfigurationError | LinkageError unreadable) {
      return false;
    }
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    // Also for a class whose routes stand in its Javadoc, or whose last annotation was removed.
    return Set.of("*");
  }

  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(ExportOption.NAME);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  @SuppressWarnings("DoNotClaimAnnotations") // only where there is nobody to claim them from
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (printer != null && !failed) {
      try {
        step(printer).round(round);
      } catch (UncheckedIOException failure) {
        fail(printer, "[KintoOutput] Kinto's processor " + reason(failure), null);
      } catch (RuntimeException | LinkageError | StackOverflowError failure) {
        // Thrown into javac it would hide every other message behind a stack trace (C16).
        fail(
            printer,
            "[KintoInternal] Kinto's processor failed: " + failure + " at " + top(failure),
            step == null ? null : step.current());
      }
    }
    return alone;
  }

  private RouteStep step(MistakePrinter to) {
    RouteStep existing = step;
    if (existing == null) {
      ExportOption option = ExportOption.in(processingEnv.getOptions());
      option.mistake().ifPresent(text -> to.printFailure(text, null));
      existing = new RouteStep(processingEnv, to, option.exports());
      step = existing;
    }
    return existing;
  }

  private void fail(MistakePrinter to, String message, @Nullable TypeElement at) {
    failed = true;
    to.printFailure(message, at);
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
