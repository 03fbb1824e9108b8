package dev.kinto.declaration;

import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.RegisteredFields;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The contract of one microservice: its declarations, checked, and the manifest that they make.
 *
 * @param manifest the manifest; empty if there are errors
 * @param mistakes all of them, errors and warnings, in the order of the declarations
 */
public record Contract(Optional<Manifest> manifest, List<Mistake> mistakes) {

  private static final Set<String> METHODS_NEVER_FORWARDED = Set.of("CONNECT", "TRACE");

  /** Copies the list. */
  public Contract {
    mistakes = List.copyOf(mistakes);
  }

  /** Checks the declarations of one microservice. */
  public static Contract of(Text microservice, List<RouteDeclaration> declarations) {
    List<Mistake> mistakes = new ArrayList<>();
    MicroserviceName name;
    try {
      name = new MicroserviceName(microservice.value());
    } catch (IllegalArgumentException e) {
      mistakes.add(Rule.MICROSERVICE_NAME.at(microservice.at(), e.getMessage()));
      return new Contract(Optional.empty(), mistakes);
    }
    return new Checker(name, mistakes).check(declarations);
  }

  /** One pass over the declarations of a microservice, which collects routes and mistakes. */
  private static final class Checker {
    private final MicroserviceName microservice;
    private final List<Mistake> mistakes;
    private final FieldRules fields;
    private final Map<String, RouteDeclaration> bySignature = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    Checker(MicroserviceName microservice, List<Mistake> mistakes) {
      this.microservice = microservice;
      this.mistakes = mistakes;
      this.fields = new FieldRules(microservice, mistakes);
    }

    Contract check(List<RouteDeclaration> declarations) {
      List<Route> routes = new ArrayList<>();
      declarations.forEach(declaration -> route(declaration).ifPresent(routes::add));
      boolean good = mistakes.stream().allMatch(mistake -> mistake.rule().warning());
      return new Contract(
          good ? Optional.of(new Manifest(microservice, routes)) : Optional.empty(), mistakes);
    }

    private Optional<Route> route(RouteDeclaration declaration) {
      checkMethod(declaration.method());
      Optional<PathTemplate> path = path(declaration.path());
      path.ifPresent(template -> checkUnique(declaration, template));
      if (!names.add(declaration.name().value())) {
        mistakes.add(
            Rule.ROUTE_NAME.at(declaration.name().at(), declaration.name().value(), "@ApiName"));
      }
      List<SessionRead> reads = new ArrayList<>();
      List<ConfigRead> config = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (FieldDeclaration header : declaration.headers()) {
        switch (header.group().value()) {
          case "Session" -> fields.read(header, seen).ifPresent(reads::add);
          case "Config" -> fields.config(header, seen).ifPresent(config::add);
          case "Header" -> {}
          default -> checkGroup(header);
        }
      }
      List<SessionWrite> writes = new ArrayList<>();
      Set<String> written = new HashSet<>();
      for (FieldDeclaration result : declaration.results()) {
        if (result.group().value().equals("Session")) {
          fields.write(result, written).ifPresent(writes::add);
        } else if (result.group().value().equalsIgnoreCase("Session")) {
          checkGroup(result);
        }
      }
      return path.map(
          template ->
              new Route(
                  declaration.method().value(),
                  template,
                  declaration.name().value(),
                  declaration.title(),
                  declaration.group(),
                  declaration.description(),
                  reads,
                  writes,
                  config,
                  declaration.rotatesToken()));
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

    private void checkGroup(FieldDeclaration header) {
      String group = header.group().value();
      for (String known : List.of("Session", "Config", "Header")) {
        if (known.equalsIgnoreCase(group)) {
          mistakes.add(Rule.HEADER_GROUP.at(header.group().at(), header.writtenAs(), group, known));
          return;
        }
      }
      mistakes.add(Rule.HEADER_GROUP_UNKNOWN.at(header.group().at(), header.writtenAs(), group));
    }
  }

  /** The rules for the fields of one microservice (contract C1 to C4, C6, C9). */
  private static final class FieldRules {
    private static final Set<String> NEVER_CONFIG =
        Set.of(
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "content-length",
            "host",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "authorization",
            "cookie",
            "set-cookie",
            "expect",
            "traceparent",
            "tracestate");

    private final MicroserviceName microservice;
    private final List<Mistake> mistakes;
    private final Map<String, String> spellings = new HashMap<>();

    FieldRules(MicroserviceName microservice, List<Mistake> mistakes) {
      this.microservice = microservice;
      this.mistakes = mistakes;
    }

    Optional<SessionRead> read(FieldDeclaration declared, Set<String> seen) {
      Optional<FieldName> name = name(declared, seen);
      Optional<FieldType> type = type(declared);
      name.ifPresent(
          field -> {
            checkOwner(declared, field);
            checkSpelling(declared, field);
          });
      if (type.isPresent()) {
        checkDefault(declared, type.get());
      }
      if (name.isEmpty() || type.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new SessionRead(
              name.get(),
              type.get(),
              !declared.optional(),
              declared.defaultValue().map(Text::value),
              declared.description()));
    }

    Optional<SessionWrite> write(FieldDeclaration declared, Set<String> seen) {
      Optional<FieldName> name = name(declared, seen);
      Optional<FieldType> type = type(declared);
      name.ifPresent(
          field -> {
            if (checkPrefix(declared, field)) {
              checkRegistered(declared, field);
              checkSpelling(declared, field);
            }
          });
      if (name.isEmpty() || type.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new SessionWrite(name.get(), type.get(), declared.optional(), declared.description()));
    }

    Optional<ConfigRead> config(FieldDeclaration declared, Set<String> seen) {
      Optional<FieldName> name = name(declared, seen);
      if (name.isEmpty()) {
        return Optional.empty();
      }
      String folded = name.get().folded();
      if (folded.startsWith(microservice.prefix())
          || folded.startsWith("kinto-")
          || NEVER_CONFIG.contains(folded)) {
        mistakes.add(
            Rule.CONFIG_NAME.at(
                declared.field().at(), declared.writtenAs(), name.get().spelling()));
      }
      return Optional.of(new ConfigRead(name.get(), !declared.optional(), declared.description()));
    }

    private Optional<FieldName> name(FieldDeclaration declared, Set<String> seen) {
      FieldName name;
      try {
        name = new FieldName(declared.field().value());
      } catch (IllegalArgumentException e) {
        mistakes.add(
            Rule.FIELD_NAME.at(declared.field().at(), declared.writtenAs(), e.getMessage()));
        return Optional.empty();
      }
      if (!seen.add(name.folded())) {
        mistakes.add(
            Rule.FIELD_DUPLICATE.at(declared.field().at(), declared.writtenAs(), name.spelling()));
      }
      return Optional.of(name);
    }

    private Optional<FieldType> type(FieldDeclaration declared) {
      String written = declared.type().value();
      try {
        FieldType type = FieldType.parse(written);
        if (!FieldType.isKnown(written)) {
          mistakes.add(
              Rule.FIELD_TYPE_UNKNOWN.at(declared.type().at(), declared.writtenAs(), written));
        }
        return Optional.of(type);
      } catch (IllegalArgumentException e) {
        mistakes.add(
            Rule.FIELD_TYPE.at(declared.type().at(), declared.writtenAs(), e.getMessage()));
        return Optional.empty();
      }
    }

    private void checkDefault(FieldDeclaration declared, FieldType type) {
      if (declared.defaultValue().isEmpty()) {
        return;
      }
      Text defaultValue = declared.defaultValue().get();
      if (!declared.optional()) {
        mistakes.add(
            Rule.FIELD_DEFAULT_REQUIRED.at(
                defaultValue.at(), declared.writtenAs(), declared.field().value()));
      }
      type.mismatch(defaultValue.value())
          .ifPresent(
              mismatch ->
                  mistakes.add(
                      Rule.FIELD_DEFAULT.at(
                          defaultValue.at(),
                          declared.writtenAs(),
                          defaultValue.value(),
                          mismatch,
                          type)));
    }

    private boolean checkPrefix(FieldDeclaration declared, FieldName field) {
      String prefix = microservice.prefix();
      boolean good =
          field.spelling().startsWith(prefix) && field.spelling().length() > prefix.length();
      if (!good) {
        String rest =
            field.folded().startsWith(prefix)
                ? field.spelling().substring(prefix.length())
                : field.spelling();
        mistakes.add(
            Rule.FIELD_PREFIX.at(
                declared.field().at(),
                declared.writtenAs(),
                prefix,
                field.spelling(),
                prefix + (rest.isEmpty() ? "name" : rest)));
      }
      return good;
    }

    private void checkOwner(FieldDeclaration declared, FieldName field) {
      if (!hasOwner(field.folded())) {
        mistakes.add(
            Rule.FIELD_OWNER.at(declared.field().at(), declared.writtenAs(), field.spelling()));
      } else {
        checkRegistered(declared, field);
      }
    }

    /** Whether some part before a dash may name a microservice. */
    private static boolean hasOwner(String folded) {
      for (int dash = folded.indexOf('-'); dash > 0; dash = folded.indexOf('-', dash + 1)) {
        if (dash < folded.length() - 1 && isMicroserviceName(folded.substring(0, dash))) {
          return true;
        }
      }
      return false;
    }

    private static boolean isMicroserviceName(String name) {
      try {
        new MicroserviceName(name);
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private void checkRegistered(FieldDeclaration declared, FieldName field) {
      if (RegisteredFields.contains(field.spelling())) {
        int dash = field.spelling().indexOf('-');
        String suggestion =
            dash < 0
                ? field.spelling()
                : field.spelling().substring(0, dash + 1)
                    + "own-"
                    + field.spelling().substring(dash + 1);
        mistakes.add(
            Rule.FIELD_REGISTERED.at(
                declared.field().at(), declared.writtenAs(), field.spelling(), suggestion));
      }
    }

    private void checkSpelling(FieldDeclaration declared, FieldName field) {
      String first = spellings.putIfAbsent(field.folded(), field.spelling());
      if (first != null && !first.equals(field.spelling())) {
        mistakes.add(
            Rule.FIELD_ALIAS.at(
                declared.field().at(), declared.writtenAs(), first, field.spelling()));
      }
    }
  }
}
