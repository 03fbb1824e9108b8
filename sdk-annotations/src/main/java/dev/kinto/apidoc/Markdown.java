package dev.kinto.apidoc;

/**
 * Descriptions, which are Markdown in apidoc. Its users write code in them as HTML, as its manual
 * does; the sign of Markdown means the same, and no tag of HTML gets into a manifest for it.
 */
final class Markdown {
  private Markdown() {}

  static String of(String description) {
    return description.replace("<code>", "`").replace("</code>", "`");
  }
}
