package dev.kinto.processor;

import dev.kinto.manifest.Route;

/** A route as the Javadoc of generated code names it. */
final class RouteWords {
  private RouteWords() {}

  /** {@code POST /articles} (Publish an article). */
  static String of(Route route) {
    String title = JavadocText.words(route.title());
    return JavadocText.code(route.signature()) + (title.isEmpty() ? "" : " (" + title + ")");
  }
}
