package dev.kinto.declaration;

import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.RegisteredFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for fields of one route that are documented only: ordinary headers, parameters, results
 * and errors (contract C4, C8).
 *
 * <p>Documentation is not a contract: what is wrong with it is a warning, and it is kept as its
 * author wrote it. Only a group that is nearly {@code Session} or {@code Config} is an error, since
 * a session field would be lost by it.
 */
final class DocumentedFieldRules {
  private static final List<String> PARAMETER_GROUPS = List.of("Url", "QueryString", "Body");
  private static final String URL = "Url";

  private final MicroserviceName microservice;
  private final Set<String> headings;
  private final List<Mistake> mistakes;
  private final Set<String> seen = new HashSet<>();

  /**
   * The rules for one route.
   *
   * @param microservice whose route it is
   * @param headings the groups of fields, over all routes, of which something was said
   * @param mistakes where to put what is wrong
   */
  DocumentedFieldRules(
      MicroserviceName microservice, Set<String> headings, List<Mistake> mistakes) {
    this.microservice = microservice;
    this.headings = headings;
    this.mistakes = mistakes;
  }

  Optional<DocumentedField> header(FieldDeclaration declared) {
    String group = declared.group().value();
    if (!group.equals("Header")) {
      checkHeaderGroup(declared, group);
    }
    try {
      String folded = new FieldName(declared.field().value()).folded();
      // A header is the session's in every spelling.
      if (folded.startsWith(microservice.prefix())) {
        refuseOwn(declared);
      }
      return field(declared, "Header", folded);
    } catch (IllegalArgumentException e) {
      mistakes.add(
          Rule.DOCUMENTED_NAME.at(declared.field().at(), declared.writtenAs(), e.getMessage()));
      checkNotOwn(declared);
      return field(declared, "Header", declared.field().value());
    }
  }

  private void checkHeaderGroup(FieldDeclaration declared, String group) {
    Position at = declared.group().at();
    Optional<String> known = MeantGroup.of(group);
    if (known.isPresent()) {
      mistakes.add(Rule.HEADER_GROUP.at(at, declared.writtenAs(), group, known.get()));
    } else {
      warnOfHeading(Rule.HEADER_GROUP_UNKNOWN.at(at, declared.writtenAs(), group));
    }
  }

  /** Authors sort a page by headings of their own: once is enough for each. */
  private void warnOfHeading(Mistake mistake) {
    if (headings.add(mistake.text())) {
      mistakes.add(mistake);
    }
  }

  /** The parameters of a route, held against its path. */
  List<DocumentedField> parameters(RouteDeclaration route, Optional<PathTemplate> path) {
    Set<String> inPath = new LinkedHashSet<>(path.map(PathTemplate::parameters).orElse(List.of()));
    List<DocumentedField> parameters = new ArrayList<>();
    Set<String> declaredInPath = new HashSet<>();
    for (FieldDeclaration declared : route.fields().parameters()) {
      String name = declared.field().value();
      String group = parameterGroup(declared, inPath.contains(name) ? URL : "Body");
      if (group.equals(URL) && path.isPresent()) {
        declaredInPath.add(
            inPath.contains(name) ? name : meantInPath(declared, path.get(), inPath));
      } else {
        checkNotOwn(declared);
      }
      boolean own = !group.equals(declared.group().value()) && !declared.group().value().isEmpty();
      field(declared, group, own ? inOwnGroup(declared) : name).ifPresent(parameters::add);
    }
    if (!declaredInPath.isEmpty()) {
      inPath.stream()
          .filter(name -> !declaredInPath.contains(name))
          .forEach(
              name -> mistakes.add(Rule.PATH_PARAMETER_UNDECLARED.at(route.path().at(), name)));
    }
    return parameters;
  }

  private String parameterGroup(FieldDeclaration declared, String absent) {
    String group = declared.group().value();
    // apidoc's own name for parameters of no group.
    if (group.isEmpty() || group.equals("Parameter")) {
      return absent;
    }
    if (PARAMETER_GROUPS.contains(group)) {
      return group;
    }
    Position at = declared.group().at();
    if (MeantGroup.of(group).isPresent()) {
      mistakes.add(Rule.PARAMETER_GROUP.at(at, declared.writtenAs(), group));
      return absent;
    }
    String taken = named(group, PARAMETER_GROUPS).orElse(absent);
    warnOfHeading(Rule.PARAMETER_GROUP_UNKNOWN.at(at, declared.writtenAs(), group, taken));
    return taken;
  }

  /** Refuses what is not in the path, and gives the parameter that was probably meant. */
  private String meantInPath(FieldDeclaration declared, PathTemplate path, Set<String> inPath) {
    String name = declared.field().value();
    Optional<String> meant = Nearest.to(name, inPath);
    String mend =
        meant
            .map(near -> "Did you mean \"" + near + "\"?")
            .orElse("Put {" + name + "} into the path, or declare it in another group.");
    mistakes.add(
        Rule.PATH_PARAMETER.at(
            declared.field().at(), declared.writtenAs(), name, path.text(), mend));
    return meant.orElse(name);
  }

  Optional<DocumentedField> result(FieldDeclaration declared) {
    return answer(declared, "200");
  }

  List<DocumentedField> errors(List<FieldDeclaration> declarations) {
    List<DocumentedField> errors = new ArrayList<>();
    for (FieldDeclaration declared : declarations) {
      if (MeantGroup.isSession(declared.group().value())) {
        mistakes.add(Rule.ERROR_SESSION.at(declared.group().at(), declared.writtenAs()));
      } else {
        answer(declared, "400").ifPresent(errors::add);
      }
    }
    return errors;
  }

  private Optional<DocumentedField> answer(FieldDeclaration declared, String defaultStatus) {
    String group = declared.group().value();
    Optional<String> status = AnswerStatus.in(group);
    Position at = declared.group().at();
    if (MeantGroup.isSession(group)) {
      mistakes.add(Rule.RESULT_GROUP.at(at, declared.writtenAs(), group));
    } else if (status.isEmpty()) {
      warnOfHeading(Rule.RESULT_GROUP_UNKNOWN.at(at, declared.writtenAs(), group, defaultStatus));
    }
    checkNotOwn(declared);
    String key = status.isEmpty() ? inOwnGroup(declared) : declared.field().value();
    return field(declared, status.orElse(defaultStatus), key);
  }

  /** The author's groups tell fields apart, of which several are one here. */
  private static String inOwnGroup(FieldDeclaration declared) {
    return declared.group().value() + "\n" + declared.field().value();
  }

  /**
   * Refuses what is spelt like a session field of this microservice. Names in bodies and queries
   * are compared as they are spelt: {@code user.id} and {@code user_id} are ordinary ones there.
   */
  private void checkNotOwn(FieldDeclaration declared) {
    String name = declared.field().value();
    if (name.toLowerCase(Locale.ROOT).startsWith(microservice.prefix())) {
      refuseOwn(declared);
    }
  }

  /** Registered fields are nobody's (C3), and a group that was a slip is reported already. */
  private void refuseOwn(FieldDeclaration declared) {
    if (!RegisteredFields.contains(declared.field().value())
        && !MeantGroup.isSession(declared.group().value())) {
      mistakes.add(
          Rule.SESSION_SPACE.at(
              declared.field().at(), declared.writtenAs(), declared.field().value()));
    }
  }

  private Optional<DocumentedField> field(FieldDeclaration declared, String group, String key) {
    String name = declared.field().value();
    if (name.isEmpty()) {
      mistakes.add(
          Rule.FIELD_NAME.at(
              declared.field().at(), declared.writtenAs(), "A field has a name. Found: \"\""));
      return Optional.empty();
    }
    if (!seen.add(group + "\n" + key)) {
      mistakes.add(Rule.DOCUMENTED_TWICE.at(declared.field().at(), declared.writtenAs(), name));
      return Optional.empty();
    }
    return Optional.of(
        new DocumentedField(
            group,
            name,
            type(declared),
            declared.optional(),
            declared.defaultValue().map(Text::value),
            declared.description()));
  }

  /** A known type is checked; any other is the author's own word, and stays as it is. */
  private String type(FieldDeclaration declared) {
    String written = declared.type().value().strip();
    if (!FieldType.isKnown(written)) {
      return written.isEmpty() ? "String" : written;
    }
    try {
      FieldType type = FieldType.parse(written);
      checkDefault(declared, type);
      return type.toString();
    } catch (IllegalArgumentException e) {
      mistakes.add(
          Rule.DOCUMENTED_TYPE.at(declared.type().at(), declared.writtenAs(), e.getMessage()));
      return written;
    }
  }

  private void checkDefault(FieldDeclaration declared, FieldType type) {
    // Lists and objects are written for people in many ways, in queries most of all.
    if (declared.defaultValue().isEmpty() || type.array() || type.kind() == FieldType.Kind.OBJECT) {
      return;
    }
    Text value = declared.defaultValue().get();
    type.mismatch(value.value())
        .ifPresent(
            mismatch ->
                mistakes.add(
                    Rule.DOCUMENTED_DEFAULT.at(
                        value.at(), declared.writtenAs(), value.value(), mismatch, type)));
  }

  private static Optional<String> named(String group, List<String> known) {
    return known.stream().filter(name -> name.equalsIgnoreCase(group)).findFirst();
  }
}
