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
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
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
  private final Types types;

  private RememberedClasses(Types types) {
    this.types = types;
  }

  /** What the last compilation wrote; nothing if there was none. */
  static RememberedClasses read(Filer filer, Types types) {
    RememberedClasses remembered = new RememberedClasses(types);
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

  /** The Javadoc of a method of such a class. */
  @Nullable String javadoc(ExecutableElement method) {
    return entries.get(key(method));
  }

  /** Replaces everything by what is known at the end of a compilation. */
  void replace(Collection<HandlerClass> classes, Elements elements) {
    Map<String, String> old = new TreeMap<>(entries);
    entries.clear();
    for (HandlerClass handlers : classes) {
      TypeElement type = elements.getTypeElement(handlers.name().canonicalName());
      if (type == null || handlers.handlers().isEmpty()) {
        continue;
      }
      entries.put(type.getQualifiedName().toString(), "");
      for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
        String javadoc =
            handlers.recalled() ? old.get(key(method)) : elements.getDocComment(method);
        if (javadoc != null && handlers.handles(method.getSimpleName().toString())) {
          entries.put(key(method), javadoc);
        }
      }
    }
  }

  private String key(ExecutableElement method) {
    String parameters =
        method.getParameters().stream()
            .map(parameter -> types.erasure(parameter.asType()).toString())
            .collect(Collectors.joining(","));
    String type =
        method.getEnclosingElement() instanceof TypeElement owner
            ? owner.getQualifiedName().toString()
            : "";
    return type + "#" + method.getSimpleName() + "(" + parameters + ")";
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
