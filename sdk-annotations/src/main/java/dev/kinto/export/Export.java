package dev.kinto.export;

import dev.kinto.manifest.Manifest;
import java.util.Locale;
import java.util.Optional;

/** A kind of document for other tools that a manifest is written as, beside its own JSON. */
public enum Export {
  /**
   * OpenAPI 3.1, for those who call a microservice through the gateway: session fields and
   * configuration values are between the gateway and the microservice, and no part of it.
   */
  OPENAPI("openapi") {
    @Override
    public String of(Manifest manifest) {
      return OpenApiDocument.write(manifest);
    }
  },
  /** What the apidoc tool makes of comments, with session fields as it shows them: in groups. */
  APIDOC("api-data") {
    @Override
    public String of(Manifest manifest) {
      return ApidocData.write(manifest);
    }
  };

  private final String ending;

  Export(String ending) {
    this.ending = ending;
  }

  /** The document as JSON text with {@code \n} line ends, to be written as UTF-8. */
  public abstract String of(Manifest manifest);

  /** The name of its file in a jar: {@code META-INF/kinto/articles.openapi.json}. */
  public String resourceName(Manifest manifest) {
    // A microservice's name has no dot: this is never the name of a manifest.
    return Manifest.JAR_FOLDER + manifest.microservice() + "." + ending + ".json";
  }

  /** The word for it in options: {@code openapi}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a word in an option means. */
  public static Optional<Export> named(String word) {
    for (Export export : values()) {
      if (export.word().equals(word)) {
        return Optional.of(export);
      }
    }
    return Optional.empty();
  }
}
