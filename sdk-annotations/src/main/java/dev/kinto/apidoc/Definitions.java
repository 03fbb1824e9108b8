package dev.kinto.apidoc;

import dev.kinto.declaration.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The comments with {@code @apiDefine}, whose fields {@code @apiUse} takes over, by name. */
final class Definitions {
  /**
   * For a comment that is read alone: Javadoc of one class is not seen while another is compiled.
   */
  static final Definitions NONE = new Definitions(Map.of());

  private final Map<String, ApidocComment> byName;

  private Definitions(Map<String, ApidocComment> byName) {
    this.byName = byName;
  }

  static Definitions create() {
    return new Definitions(new HashMap<>());
  }

  /** Keeps a definition, and says whether it is the first of its name. */
  boolean add(Text name, ApidocComment comment) {
    return byName.putIfAbsent(name.value(), comment) == null;
  }

  Optional<ApidocComment> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
