package dev.kinto.apidoc;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Position;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one comment declares in apidoc's notation (contract C10), as its author wrote it: the rules
 * of {@link dev.kinto.declaration.Contract} are not applied yet.
 *
 * <pre>{@code
 * @api {post} /articles Publish an article
 * @apiName publish
 * @apiHeader (Session) {Number} auth-userId logged in user id
 * @apiHeader (Session) {String="free","pro"} [auth-plan=free] what the user pays for
 * @apiSuccess (Session) {Number} articles-lastId
 * }</pre>
 *
 * <p>A comment with {@code @apiIgnore}, {@code @apiPrivate} or {@code @apiDefine} declares nothing.
 *
 * @param method the method of {@code @api} in upper case
 * @param path the path of {@code @api}, in which {@code :id} became <code>{id}</code>
 * @param title the title of {@code @api}, or empty
 * @param name what {@code @apiName} says
 * @param group what {@code @apiGroup} says, or empty
 * @param description what {@code @apiDescription} says, else the text before the first tag; may be
 *     empty
 * @param headers the fields of {@code @apiHeader}, in the order of the comment
 * @param results the fields of {@code @apiSuccess}, in the order of the comment
 * @param rotatesToken whether {@code @apiRotatesToken} is there (contract C28), a tag of our own
 * @param mistakes what could not be read
 */
public record ApidocComment(
    Optional<Text> method,
    Optional<Text> path,
    String title,
    Optional<Text> name,
    String group,
    String description,
    List<FieldDeclaration> headers,
    List<FieldDeclaration> results,
    boolean rotatesToken,
    List<Mistake> mistakes) {

  /** Gives the place of a character of a comment to whoever knows where the comment stands. */
  @FunctionalInterface
  public interface Locator {
    /** The place of a line and column within the comment's text, both counted from 1. */
    Position at(int line, int column);
  }

  /** Copies the lists. */
  public ApidocComment {
    headers = List.copyOf(headers);
    results = List.copyOf(results);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * Reads a comment.
   *
   * @param text the comment without its delimiters and leading stars
   * @param at places its characters
   */
  public static ApidocComment parse(String text, Locator at) {
    CommentParser parser = new CommentParser(new PlacedText(text, at), Definitions.NONE);
    ApidocComment comment = parser.parse();
    return parser.defines().isEmpty() ? comment : nothing(comment.mistakes());
  }

  /** A comment that declares nothing. */
  static ApidocComment nothing(List<Mistake> mistakes) {
    return new ApidocComment(
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        "",
        "",
        List.of(),
        List.of(),
        false,
        mistakes);
  }

  /** Whether it says nothing of apidoc's, as most comments do. */
  public boolean isEmpty() {
    return method.isEmpty()
        && path.isEmpty()
        && name.isEmpty()
        && group.isEmpty()
        && headers.isEmpty()
        && results.isEmpty()
        && !rotatesToken
        && mistakes.isEmpty();
  }

  /**
   * The route that it declares, if {@code @api} is there and could be read. Without
   * {@code @apiName} the route's name is the one that apidoc derives: {@code GET /articles/{id}} is
   * {@code GetArticlesId}.
   */
  public Optional<RouteDeclaration> route() {
    if (method.isEmpty() || path.isEmpty()) {
      return Optional.empty();
    }
    Text verb = method.get();
    Text place = path.get();
    return Optional.of(
        new RouteDeclaration(
            verb,
            place,
            name.orElseGet(() -> place.with(derivedName(verb.value(), place.value()))),
            title,
            group,
            description,
            headers,
            results,
            rotatesToken));
  }

  private static String derivedName(String method, String path) {
    StringBuilder derived = new StringBuilder(capitalised(method));
    int start = -1;
    for (int i = 0; i <= path.length(); i++) {
      boolean wordCharacter = i < path.length() && isWordCharacter(path.charAt(i));
      if (wordCharacter && start < 0) {
        start = i;
      } else if (!wordCharacter && start >= 0) {
        derived.append(capitalised(path.substring(start, i)));
        start = -1;
      }
    }
    return derived.toString();
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static String capitalised(String word) {
    return word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT)
        + word.substring(Math.min(1, word.length())).toLowerCase(Locale.ROOT);
  }
}
