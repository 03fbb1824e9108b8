package dev.kinto.declaration;

import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.Documentation;
import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import dev.kinto.manifest.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules for the routes of one microservice, each by itself and beside its siblings (C11). */
final class RouteRules {
  private static final Set<String> METHODS_NEVER_FORWARDED = Set.of("CONNECT", "TRACE");

  private final List<Mistake> mistakes;
  private final SessionFieldRules session;
  private final MicroserviceName microservice;
  private final Map<String, RouteDeclaration> bySignature = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> headings = new HashSet<>();

  RouteRules(MicroserviceName microservice, List<Mistake> mistakes) {
    this.mistakes = mistakes;
    this.session = new SessionFieldRules(microservice, mistakes);
    this.microservice = microservice;
  }

  /** The routes as far as they can be told; what is wrong with them is put down. */
  List<Route> routes(List<RouteDeclaration> declarations) {
    List<Route> routes = new ArrayList<>();
    declarations.forEach(declaration -> route(declaration).ifPresent(routes::add));
    return routes;
  }

  private Optional<Route> route(RouteDeclaration declaration) {
    checkMethod(declaration.method());
    Optional<PathTemplate> path = path(declaration.path());
    path.ifPresent(template -> checkUnique(declaration, template));
    checkName(declaration.name());
    DocumentedFieldRules documented = new DocumentedFieldRules(microservice, headings, mistakes);
    List<SessionRead> reads = new ArrayList<>();
    List<ConfigRead> config = new ArrayList<>();
    List<DocumentedField> headers = new ArrayList<>();
    Set<String> read = new HashSet<>();
    for (FieldDeclaration header : declaration.fields().headers()) {
      switch (header.group().value()) {
        case "Session" -> session.read(header, read).ifPresent(reads::add);
        case "Config" -> session.config(header, read).ifPresent(config::add);
        default -> documented.header(header).ifPresent(headers::add);
      }
    }
    List<SessionWrite> writes = new ArrayList<>();
    List<DocumentedField> results = new ArrayList<>();
    Set<String> written = new HashSet<>();
    for (FieldDeclaration result : declaration.fields().results()) {
      if (result.group().value().equals("Session")) {
        session.write(result, written).ifPresent(writes::add);
      } else {
        documented.result(result).ifPresent(results::add);
      }
    }
    List<DocumentedField> parameters = documented.parameters(declaration, path);
    List<DocumentedField> errors = documented.errors(declaration.fields().errors());
    Wording wording = declaration.wording();
    Documentation documentation =
        new Documentation(
            version(wording),
            wording.permissions(),
            wording.deprecation(),
            headers,
            parameters,
            results,
            errors,
            wording.examples());
    return path.map(
        template ->
            new Route(
                declaration.method().value(),
                template,
                declaration.name().value(),
                wording.title(),
                wording.group(),
                wording.description(),
                reads,
                writes,
                config,
                declaration.rotatesToken(),
                documentation));
  }

  private void checkMethod(Text method) {
    String value = method.value();
    boolean upperCaseToken =
        FieldName.isToken(value) && value.chars().noneMatch(c -> c >= 'a' && c <= 'z');
    if (!upperCaseToken || METHODS_NEVER_FORWARDED.contains(value)) {
      mistakes.add(Rule.METHOD.at(method.at(), value));
    }
  }

  private Optional<PathTemplate> path(Text path) {
    try {
      return Optional.of(PathTemplate.parse(path.value()));
    } catch (IllegalArgumentException e) {
      mistakes.add(Rule.PATH.at(path.at(), e.getMessage()));
      return Optional.empty();
    }
  }

  private void checkUnique(RouteDeclaration declaration, PathTemplate path) {
    String method = declaration.method().value();
    RouteDeclaration other = bySignature.putIfAbsent(method + " " + path.shape(), declaration);
    if (other != null) {
      mistakes.add(
          Rule.ROUTE_DUPLICATE.at(
              declaration.path().at(), method, path.text(), "it equals " + other.path().value()));
    }
  }

  private void checkName(Text name) {
    if (!names.add(name.value())) {
      mistakes.add(Rule.ROUTE_NAME.at(name.at(), name.value(), "@ApiName"));
    }
  }

  private Optional<Version> version(Wording wording) {
    if (wording.version().isEmpty()) {
      return Optional.empty();
    }
    Text written = wording.version().get();
    Optional<Version> version = Version.parse(written.value());
    if (version.isEmpty()) {
      mistakes.add(Rule.VERSION.at(written.at(), written.value()));
    }
    return version;
  }
}
