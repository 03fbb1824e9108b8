package dev.kinto.apidoc;

import dev.kinto.declaration.FieldDeclarations;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Position;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import dev.kinto.declaration.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
 * @param addresses what each {@code @api} says, one for each method
 * @param name what {@code @apiName} says
 * @param introduction the text before the first tag, or empty
 * @param wording what it says to people; the description is that of {@code @apiDescription} only
 * @param fields the fields that it declares, those of {@code @apiUse} among them
 * @param rotatesToken whether {@code @apiRotatesToken} is there (contract C28), a tag of our own
 * @param mistakes what could not be read
 */
public record ApidocComment(
    List<Address> addresses,
    Optional<Text> name,
    String introduction,
    Wording wording,
    FieldDeclarations fields,
    boolean rotatesToken,
    List<Mistake> mistakes) {

  private static final Set<String> CONTRACT_GROUPS = Set.of("Session", "Config");

  /** Gives the place of a character of a comment to whoever knows where the comment stands. */
  @FunctionalInterface
  public interface Locator {
    /** The place of a line and column within the comment's text, both counted from 1. */
    Position at(int line, int column);
  }

  /** Copies the lists. */
  public ApidocComment {
    addresses = List.copyOf(addresses);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * Reads a comment.
   *
   * @param text the comment without its delimiters and leading stars
   * @param at places its characters
   */
  public static ApidocComment parse(String text, Locator at) {
    ParsedComment parsed = new CommentParser(new PlacedText(text, at), false).parse();
    List<Mistake> all = new ArrayList<>(parsed.comment().mistakes());
    parsed.uses().forEach(name -> all.add(usedAlone(name)));
    return parsed.defines().isEmpty() ? parsed.comment().withMistakes(all) : nothing(all);
  }

  /** A class file has no comments: what others define would be gone in the next compilation. */
  private static Mistake usedAlone(Text name) {
    return Rule.APIDOC_SYNTAX.at(
        name.at(),
        "Each comment is read by itself here, so that @apiDefine "
            + name.value()
            + " is not seen, wherever it stands. Write its fields into this comment, or declare"
            + " them with annotations.");
  }

  /** What the comments of a source in Java, Kotlin or the like declare, in its order. */
  public static List<ApidocComment> inSource(String file, String source) {
    return CommentSyntax.SLASH_STAR.commentsIn(SourceFile.lines(source)).stream()
        .filter(comment -> comment.text().contains("@api"))
        .map(comment -> parse(comment.text(), comment.in(file)))
        .toList();
  }

  /** Whether it is meant for the gateway: a route, or a session or configuration field. */
  public boolean declares() {
    return !addresses.isEmpty() || contractTag().isPresent();
  }

  /** A comment that declares nothing. */
  static ApidocComment nothing(List<Mistake> mistakes) {
    return new ApidocComment(
        List.of(), Optional.empty(), "", Wording.NONE, FieldDeclarations.NONE, false, mistakes);
  }

  /** The same with other mistakes. */
  ApidocComment withMistakes(List<Mistake> others) {
    return new ApidocComment(addresses, name, introduction, wording, fields, rotatesToken, others);
  }

  /**
   * The same with what definitions say: their fields, permissions and examples are added, and what
   * this one leaves open is taken from them.
   */
  ApidocComment using(List<ApidocComment> definitions) {
    if (definitions.isEmpty()) {
      return this;
    }
    return new ApidocComment(
        addresses,
        name,
        introduction,
        wording.using(definitions.stream().map(ApidocComment::wording).toList()),
        fields.using(definitions.stream().map(ApidocComment::fields).toList()),
        rotatesToken || definitions.stream().anyMatch(ApidocComment::rotatesToken),
        mistakes);
  }

  /** Whether it says nothing of apidoc's, as most comments do. */
  public boolean isEmpty() {
    return addresses.isEmpty()
        && name.isEmpty()
        && wording.equals(Wording.NONE)
        && fields.isEmpty()
        && !rotatesToken
        && mistakes.isEmpty();
  }

  /**
   * The first line that can be meant for nobody but the gateway, as written: a session or
   * configuration field.
   */
  public Optional<Text> contractTag() {
    return fields.stream()
        .filter(field -> CONTRACT_GROUPS.contains(field.group().value()))
        .findFirst()
        .map(field -> field.field().with(field.writtenAs()));
  }

  /**
   * The routes that it declares, one for each address, with all that it says. The name of {@code
   * @apiName} is that of the last, as in apidoc, which keeps no other; without it a route's name is
   * the one that apidoc derives: {@code GET /articles/{id}} is {@code GetArticlesId}.
   */
  public List<RouteDeclaration> routes() {
    List<RouteDeclaration> routes = new ArrayList<>();
    for (Address address : addresses) {
      boolean last = routes.size() == addresses.size() - 1;
      routes.add(route(address, last ? name : Optional.empty()));
    }
    return routes;
  }

  private RouteDeclaration route(Address address, Optional<Text> given) {
    Text path = address.path();
    Wording titled = wording.withTitle(address.title());
    return new RouteDeclaration(
        address.method(),
        path,
        given.orElseGet(() -> path.with(derivedName(address.method().value(), path.value()))),
        titled.description().isEmpty() ? titled.withDescription(introduction) : titled,
        fields,
        rotatesToken);
  }

  /** A warning if it declares more than one route. */
  public Optional<Mistake> severalRoutes() {
    return addresses.size() < 2
        ? Optional.empty()
        : Optional.of(
            Rule.APIDOC_SEVERAL_ROUTES.at(
                addresses.get(1).method().at(),
                addresses.size(),
                addresses.stream().map(Address::toString).collect(Collectors.joining(", "))));
  }

  /** The name that apidoc derives from method and path. */
  static String derivedName(String method, String path) {
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
