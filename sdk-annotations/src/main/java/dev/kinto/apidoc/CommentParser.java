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
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tags of one comment, one after the other. */
final class CommentParser {
  private static final Pattern CONTRACT_FIELD =
      Pattern.compile("(?i)(\\(\\s*(?:session|config)\\s*\\))\\s*[{\\[]");

  private final PlacedText text;
  private final boolean asTheTool;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final List<FieldDeclaration> headers = new ArrayList<>();
  private final List<FieldDeclaration> parameters = new ArrayList<>();
  private final List<FieldDeclaration> results = new ArrayList<>();
  private final List<FieldDeclaration> errors = new ArrayList<>();
  private final List<String> permissions = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();
  private final List<Text> uses = new ArrayList<>();
  private final List<Address> addresses = new ArrayList<>();
  private Optional<Text> name = Optional.empty();
  private Optional<Text> defines = Optional.empty();
  private Optional<Text> version = Optional.empty();
  private Optional<String> deprecation = Optional.empty();
  private String group = "";
  private String introduction = "";
  private String description = "";
  private boolean rotatesToken;
  private boolean ignored;
  private long apidocsTags;

  /** Where groups were read, or what keeps them from being read was put down. */
  private final BitSet groups = new BitSet();

  /**
   * A parser.
   *
   * @param asTheTool whether the tags are left out that the apidoc tool leaves out of sources
   */
  CommentParser(PlacedText text, boolean asTheTool) {
    this.text = text;
    this.asTheTool = asTheTool;
  }

  /** Reads the comment; to be called once. */
  ParsedComment parse() {
    List<Tag> tags = Tag.in(text);
    introduction = text.paragraph(0, tags.isEmpty() ? text.length() : tags.get(0).start());
    apidocsTags = tags.stream().filter(tag -> TagName.isKnownInAnyCase(tag.name())).count();
    tags.forEach(this::read);
    refuseUnreadGroups();
    return ignored ? ParsedComment.NOTHING : new ParsedComment(comment(), defines, uses);
  }

  private ApidocComment comment() {
    return new ApidocComment(
        addresses, name, introduction, wording(), fields(), rotatesToken, mistakes);
  }

  private Wording wording() {
    String title = addresses.isEmpty() ? "" : addresses.get(addresses.size() - 1).title();
    return new Wording(title, group, description, version, permissions, deprecation, examples);
  }

  private FieldDeclarations fields() {
    return new FieldDeclarations(headers, parameters, results, errors);
  }

  private void read(Tag tag) {
    warnOfHidden(tag);
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
      default -> unknown(tag);
    }
  }

  /** Behind the first tag only what begins its line is one, as in apidoc; the rest is its text. */
  private void warnOfHidden(Tag tag) {
    if (!TagName.isKnownInAnyCase(tag.name())) {
      return;
    }
    int from = text.skipWord(tag.start(), firstLineEnd(tag));
    for (int hidden = next(tag, from); hidden >= 0; hidden = next(tag, from)) {
      from = text.skipWord(hidden, tag.end());
      groups.set(hidden, text.lineEndAfter(hidden) + 1);
      String name = text.substring(hidden, from);
      mistakes.add(
          ruleForTag(from)
              .at(text.at(hidden), name + " does not begin its line: it is no tag there."));
    }
  }

  private int next(Tag tag, int from) {
    return Tag.within(text, from, tag.end());
  }

  /** The tags of other tools may pass; a misspelt one of apidoc's may not. */
  private void unknown(Tag tag) {
    String written = text.substring(tag.start(), tag.content());
    Optional<String> meant = TagName.meantBy(tag.name());
    if (meant.isPresent()) {
      groups.set(tag.start(), firstLineEnd(tag) + 1);
      mistakes.add(
          ruleForTag(tag.content())
              .at(
                  text.at(tag.start()),
                  written + " is not known. Did you mean @" + meant.get() + "?"));
    }
  }

  /** A field of the contract in no tag that is read: behind a misspelt one, or in the text. */
  private void refuseUnreadGroups() {
    Matcher group = CONTRACT_FIELD.matcher(text.substring(0, text.length()));
    while (apidocsTags > 0 && !ignored && group.find()) {
      if (!groups.get(group.start())) {
        refuse(
            group.start(),
            group.group(1)
                + " stands here in no tag that is read. Write @apiHeader for a field that the route"
                + " reads, @apiSuccess for one that it sets, at the beginning of a line, and the"
                + " group before the type.");
      }
    }
  }

  /** A tag that is not read is an error where it was to declare a part of the contract. */
  private Rule ruleForTag(int nameEnd) {
    int open = text.skipSpace(nameEnd, text.lineEndAfter(nameEnd));
    boolean contract = text.startsWith("(Session", open) || text.startsWith("(Config", open);
    return contract ? Rule.APIDOC_SYNTAX : Rule.APIDOC_TAG;
  }

  private Optional<FieldDeclaration> field(Tag tag, String spelling, String defaultGroup) {
    FieldLine line = new FieldLine(text, spelling, tag, asTheTool, mistakes);
    Optional<FieldDeclaration> field = line.read(defaultGroup);
    groups.set(tag.start(), firstLineEnd(tag) + 1);
    groups.set(Math.max(0, line.groupAt()));
    return field;
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
    int end = firstLineEnd(tag);
    int open = text.skipSpace(tag.content(), end);
    int close = open < end && text.charAt(open) == '{' ? indexOf('}', open, end) : -1;
    Text verb = close < 0 ? new Text("", text.at(open)) : text.word(open + 1, close);
    if (verb.value().isEmpty() && !meansRoute(tag)) {
      // Other tools mark with it what is public, as in "@api private".
      document(tag.start(), "@api without a method and a path is no route, and is passed over.");
      return;
    }
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
    if (!addresses.isEmpty() && declaresContract()) {
      refuse(
          tag.start(),
          "The session fields and configuration values above this @api are those of the one before"
              + " it, or of both. Give each @api a comment of its own.");
      return;
    }
    Text path = new ApiPath(text, mistakes).read(pathStart, pathEnd);
    addresses.addAll(Address.of(verb, path, text.oneLine(pathEnd, end)));
  }

  /** Whether what was read so far is more than documentation; what is used may be. */
  private boolean declaresContract() {
    return rotatesToken || !uses.isEmpty() || !RepeatedRoutes.contractOf(fields()).isEmpty();
  }

  /** Whether an {@code @api} without a method was meant as apidoc's: it is not alone, or a path. */
  private boolean meansRoute(Tag tag) {
    int first = text.skipSpace(tag.content(), firstLineEnd(tag));
    return apidocsTags > 1 || text.startsWith("/", first) || text.startsWith("{", first);
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
      String message = spelling + " lacks its name. Write " + spelling + " Name.";
      if (spelling.equals("@apiUse")) {
        refuse(tag.start(), message);
      } else {
        document(tag.start(), message);
      }
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

  /** Puts down what is wrong with words for people. */
  private void document(int offset, String message) {
    mistakes.add(Rule.APIDOC_UNREAD.at(text.at(offset), message));
  }

  private void refuse(int offset, String message) {
    mistakes.add(Rule.APIDOC_SYNTAX.at(text.at(offset), message));
  }
}
