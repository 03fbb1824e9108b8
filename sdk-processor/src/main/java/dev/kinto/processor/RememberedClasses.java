package dev.kinto.processor;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The classes with routes that were compiled into the same folder, and the Javadoc of their
 * methods, which class files lack. So a compilation of some classes of a microservice gives the
 * manifest that a compilation of all would give (contract C17).
 */
final class RememberedClasses {
  /** Beside the manifests. */
  static final String FILE = "META-INF/kinto/classes.properties";

  private final Map<String, String> entries = new TreeMap<>();
  private final Set<String> compiled = new TreeSet<>();
  private final Types types;
  private final Elements elements;

  private RememberedClasses(ProcessingEnvironment environment) {
    this.types = environment.getTypeUtils();
    this.elements = environment.getElementUtils();
  }

  /** What the last compilation wrote; nothing if there was none. */
  static RememberedClasses read(ProcessingEnvironment environment) {
    Filer filer = environment.getFiler();
    RememberedClasses remembered = new RememberedClasses(environment);
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(
            filer.getResource(StandardLocation.CLASS_OUTPUT, "", FILE).openInputStream(),
            StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException absent) {
      return remembered;
    }
    properties.forEach((key, value) -> remembered.entries.put((String) key, (String) value));
    return remembered;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The names of the classes. */
  Set<String> names() {
    return entries.keySet().stream()
        .filter(key -> key.indexOf('#') < 0)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Takes note of classes that are compiled now: what is remembered of them is out of date. */
  void compiling(Collection<String> classes) {
    compiled.addAll(classes);
  }

  /** The Javadoc of a method: in its source, or as it was when its class was compiled. */
  @Nullable String javadoc(ExecutableElement method) {
    return compiled.contains(owner(method))
        ? elements.getDocComment(method)
        : entries.get(key(method));
  }

  /** Replaces everything by what is known at the end of a compilation. */
  void replace(Collection<HandlerClass> classes) {
    Map<String, String> known = new TreeMap<>();
    for (HandlerClass handlers : classes) {
      TypeElement type = elements.getTypeElement(handlers.name().canonicalName());
      if (type == null || handlers.handlers().isEmpty()) {
        continue;
      }
      known.put(type.getQualifiedName().toString(), "");
      for (HandlerMethod method : HandlerMethod.of(type, elements)) {
        if (handlers.handles(method.method().getSimpleName().toString())) {
          method.hierarchy().forEach(each -> remember(each, known));
        }
      }
    }
    entries.clear();
    entries.putAll(known);
  }

  private void remember(ExecutableElement method, Map<String, String> known) {
    String javadoc = javadoc(method);
    if (javadoc != null) {
      known.put(key(method), javadoc);
    }
  }

  private static String owner(ExecutableElement method) {
    return method.getEnclosingElement() instanceof TypeElement owner
        ? owner.getQualifiedName().toString()
        : "";
  }

  private String key(ExecutableElement method) {
    String parameters =
        method.getParameters().stream()
            .map(parameter -> types.erasure(parameter.asType()).toString())
            .collect(Collectors.joining(","));
    return owner(method) + "#" + method.getSimpleName() + "(" + parameters + ")";
  }

  /** The file's text, the same for the same classes: {@link Properties} itself writes the date. */
  String text() {
    StringBuilder text =
        new StringBuilder("# The classes with routes, for the next compilation.\n");
    entries.forEach((key, value) -> text.append(escaped(key) + "=" + escaped(value) + "\n"));
    return text.toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7F) {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        escaped.append("\\=:#! ".indexOf(c) < 0 ? "" : "\\").append(c);
      }
    }
    return escaped.toString();
  }
}
