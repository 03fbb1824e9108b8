package dev.kinto.apidoc;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.FieldDeclarations;
import dev.kinto.declaration.MeantGroup;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import dev.kinto.declaration.Wording;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.Example.Subject;
import dev.kinto.manifest.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the tags of one comment, one after the other. */
final class CommentParser {
  private final PlacedText text;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final List<FieldDeclaration> headers = new ArrayList<>();
  private final List<FieldDeclaration> parameters = new ArrayList<>();
  private final List<FieldDeclaration> results = new ArrayList<>();
  private final List<FieldDeclaration> errors = new ArrayList<>();
  private final List<String> permissions = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();
  private final List<Text> uses = new ArrayList<>();
  private Optional<Text> method = Optional.empty();
  private Optional<Text> path = Optional.empty();
  private String title = "";
  private Optional<Text> name = Optional.empty();
  private Optional<Text> defines = Optional.empty();
  private Optional<Text> version = Optional.empty();
  private Optional<String> deprecation = Optional.empty();
  private String group = "";
  private String introduction = "";
  private String description = "";
  private boolean rotatesToken;
  private boolean ignored;
  private boolean api;

  CommentParser(PlacedText text) {
    this.text = text;
  }

  /** Reads the comment; to be called once. */
  ParsedComment parse() {
    List<Tag> tags = Tag.in(text);
    introduction = text.paragraph(0, tags.isEmpty() ? text.length() : tags.get(0).start());
    tags.forEach(this::read);
    return ignored ? ParsedComment.NOTHING : new ParsedComment(comment(), defines, uses);
  }

  private ApidocComment comment() {
    return new ApidocComment(
        method, path, name, introduction, wording(), fields(), rotatesToken, mistakes);
  }

  private Wording wording() {
    return new Wording(title, group, description, version, permissions, deprecation, examples);
  }

  private FieldDeclarations fields() {
    return new FieldDeclarations(headers, parameters, results, errors);
  }

  private void read(Tag tag) {
    switch (tag.name()) {
      case "api" -> api(tag);
      case "apiname" -> name = nameAfter(tag, "@apiName");
      case "apigroup" -> nameAfter(tag, "@apiGroup").ifPresent(word -> group = word.value());
      case "apidescription" -> description = Markdown.of(text.paragraphs(tag.content(), tag.end()));
      case "apiheader" -> field(tag, "@apiHeader", "Header").ifPresent(headers::add);
      case "apiparam" -> field(tag, "@apiParam", "").ifPresent(parameters::add);
      case "apiquery" -> parameter(tag, "@apiQuery", "QueryString");
      case "apibody" -> parameter(tag, "@apiBody", "Body");
      case "apisuccess" -> field(tag, "@apiSuccess", "200").ifPresent(results::add);
      case "apierror" -> field(tag, "@apiError", "400").ifPresent(errors::add);
      case "apiversion" -> version(tag);
      case "apipermission" -> nameAfter(tag, "@apiPermission").ifPresent(this::permit);
      case "apideprecated" -> deprecation = Optional.of(text.oneLine(tag.content(), tag.end()));
      case "apiexample" -> example(tag, "@apiExample", Subject.USAGE);
      case "apiheaderexample" -> example(tag, "@apiHeaderExample", Subject.HEADER);
      case "apiparamexample" -> example(tag, "@apiParamExample", Subject.PARAMETER);
      case "apisuccessexample" -> example(tag, "@apiSuccessExample", Subject.SUCCESS);
      case "apierrorexample" -> example(tag, "@apiErrorExample", Subject.ERROR);
      case "apirotatestoken" -> rotatesToken = true;
      case "apiignore", "apiprivate" -> ignored = true;
      case "apidefine" -> define(tag);
      case "apiuse" -> nameAfter(tag, "@apiUse").ifPresent(uses::add);
      default ->
          TagName.meantBy(tag.name())
              .ifPresent(
                  meant ->
                      refuse(
                          tag.start(),
                          text.substring(tag.start(), tag.content())
                              + " is not known. Did you mean @"
                              + meant
                              + "?"));
    }
  }

  private Optional<FieldDeclaration> field(Tag tag, String spelling, String defaultGroup) {
    return new FieldLine(text, spelling, tag, mistakes).read(defaultGroup);
  }

  /**
   * A parameter whose tag says where it stands; a group in parentheses only sorts a page, unless it
   * is the session's, which the rules refuse.
   */
  private void parameter(Tag tag, String spelling, String group) {
    field(tag, spelling, group)
        .map(
            field ->
                MeantGroup.isSession(field.group().value())
                    ? field
                    : field.inGroup(field.group().with(group)))
        .ifPresent(parameters::add);
  }

  private void example(Tag tag, String spelling, Subject of) {
    new ExampleLines(text, spelling, tag, mistakes).read(of).ifPresent(examples::add);
  }

  private void permit(Text permission) {
    permissions.add(permission.value());
  }

  /** The highest counts, as it does where a route has several comments. */
  private void version(Tag tag) {
    Optional<Text> written = nameAfter(tag, "@apiVersion");
    boolean lower =
        written.isPresent()
            && version.isPresent()
            && valueOf(written.get()).compareTo(valueOf(version.get())) < 0;
    if (written.isPresent() && !lower) {
      version = written;
    }
  }

  private static Version valueOf(Text version) {
    return Version.parse(version.value()).orElse(Version.NONE);
  }

  private void api(Tag tag) {
    if (api) {
      refuse(tag.start(), "A comment declares one route. Give the second @api its own comment.");
      return;
    }
    api = true;
    int end = firstLineEnd(tag);
    int open = text.skipSpace(tag.content(), end);
    int close = open < end && text.charAt(open) == '{' ? indexOf('}', open, end) : -1;
    Text verb = close < 0 ? new Text("", text.at(open)) : text.word(open + 1, close);
    if (verb.value().isEmpty()) {
      refuse(
          tag.start(),
          "@api needs the method in braces, as in @api {get} /path title. Found: \""
              + text.oneLine(tag.start(), end)
              + "\".");
      return;
    }
    int pathStart = text.skipSpace(close + 1, end);
    int pathEnd = text.skipWord(pathStart, end);
    if (pathStart == pathEnd) {
      refuse(tag.start(), "@api needs a path after the method, as in @api {get} /path title.");
      return;
    }
    method = Optional.of(verb.with(verb.value().toUpperCase(Locale.ROOT)));
    path = Optional.of(new ApiPath(text, mistakes).read(pathStart, pathEnd));
    title = text.oneLine(pathEnd, end);
  }

  private void define(Tag tag) {
    // The word after the tag; what follows on its line is a title for people.
    int start = text.skipSpace(tag.content(), firstLineEnd(tag));
    Text word = text.word(start, text.skipWord(start, firstLineEnd(tag)));
    if (word.value().isEmpty()) {
      refuse(tag.start(), "@apiDefine lacks its name. Write @apiDefine Name.");
    }
    defines = Optional.of(word);
  }

  /** The words after a tag, joined by {@code _} as apidoc does. */
  private Optional<Text> nameAfter(Tag tag, String spelling) {
    int end = firstLineEnd(tag);
    Text word = text.word(tag.content(), end);
    if (word.value().isEmpty()) {
      refuse(tag.start(), spelling + " lacks its name. Write " + spelling + " Name.");
      return Optional.empty();
    }
    return Optional.of(word.with(text.oneLine(tag.content(), end)).joined());
  }

  private int firstLineEnd(Tag tag) {
    return Math.min(tag.end(), text.lineEndAfter(tag.start()));
  }

  private int indexOf(char wanted, int start, int end) {
    int at = start;
    while (at < end && text.charAt(at) != wanted) {
      at++;
    }
    return at < end ? at : -1;
  }

  private void refuse(int offset, String message) {
    mistakes.add(Rule.APIDOC_SYNTAX.at(text.at(offset), message));
  }
}
