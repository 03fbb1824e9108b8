package dev.kinto.processor;

import com.google.auto.service.AutoService;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Claims the SDK's annotations and that of generated code, and no others, after {@link
 * KintoProcessor} has read them: javac warns of annotations that nobody claims ({@code
 * -Xlint:processing}), and a processor claims all that it is shown or none.
 *
 * <p>Javac asks processors in the order in which the jar names them, which is that of their names,
 * and stops when everything is claimed.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes({Annotation.PACKAGE + "*", "javax.annotation.processing.Generated"})
public final class OwnAnnotationsProcessor extends AbstractProcessor {

  /** For javac. */
  public OwnAnnotationsProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  @SuppressWarnings("DoNotClaimAnnotations") // nobody else reads them
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return true;
  }
}
