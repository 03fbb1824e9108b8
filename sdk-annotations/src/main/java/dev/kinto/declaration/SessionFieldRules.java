package dev.kinto.declaration;

import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.RegisteredFields;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules for session fields and configuration values (contract C1 to C4, C6, C9). */
final class SessionFieldRules {
  private final MicroserviceName microservice;
  private final List<Mistake> mistakes;
  private final Map<String, String> spellings = new HashMap<>();

  SessionFieldRules(MicroserviceName microservice, List<Mistake> mistakes) {
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
    checkNoDefault(declared);
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
    if (name.get().folded().startsWith(microservice.prefix())
        || !ConfigRead.mayBeOf(name.get().spelling())) {
      mistakes.add(
          Rule.CONFIG_NAME.at(declared.field().at(), declared.writtenAs(), name.get().spelling()));
    }
    checkNoDefault(declared);
    return Optional.of(new ConfigRead(name.get(), !declared.optional(), declared.description()));
  }

  private Optional<FieldName> name(FieldDeclaration declared, Set<String> seen) {
    FieldName name;
    try {
      name = new FieldName(declared.field().value());
    } catch (IllegalArgumentException e) {
      mistakes.add(Rule.FIELD_NAME.at(declared.field().at(), declared.writtenAs(), e.getMessage()));
      return Optional.empty();
    }
    if (!seen.add(name.folded())) {
      refuseSecond(declared, name);
      return Optional.empty();
    }
    return Optional.of(name);
  }

  /** One mistake: what else is wrong with the name was said of the first, or goes with this one. */
  private void refuseSecond(FieldDeclaration declared, FieldName name) {
    String first = spellings.getOrDefault(name.folded(), name.spelling());
    if (first.equals(name.spelling())) {
      mistakes.add(Rule.FIELD_DUPLICATE.at(declared.field().at(), declared.writtenAs(), first));
    } else {
      checkSpelling(declared, name);
    }
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
      mistakes.add(Rule.FIELD_TYPE.at(declared.type().at(), declared.writtenAs(), e.getMessage()));
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

  private void checkNoDefault(FieldDeclaration declared) {
    declared
        .defaultValue()
        .ifPresent(
            value ->
                mistakes.add(
                    Rule.DEFAULT_UNUSED.at(
                        value.at(), declared.writtenAs(), declared.field().value())));
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
              free(prefix + (rest.isEmpty() ? "name" : rest))));
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

  /**
   * Whether some part before a dash may name a microservice. Then the first part may, too: what is
   * allowed of a name is allowed of each beginning of it that ends before a dash.
   */
  private static boolean hasOwner(String folded) {
    int dash = folded.indexOf('-');
    return dash > 0 && dash < folded.length() - 1 && isMicroserviceName(folded.substring(0, dash));
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
      mistakes.add(
          Rule.FIELD_REGISTERED.at(
              declared.field().at(),
              declared.writtenAs(),
              field.spelling(),
              free(field.spelling())));
    }
  }

  /** The name, or one like it that is no registered field's. */
  private static String free(String name) {
    int dash = name.indexOf('-');
    return dash >= 0 && RegisteredFields.contains(name)
        ? name.substring(0, dash + 1) + "own-" + name.substring(dash + 1)
        : name;
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
