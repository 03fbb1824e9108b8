package dev.kinto.processor;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.FieldDeclarations;
import dev.kinto.declaration.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the fields of a route: those of the annotations, and those of the Javadoc that no
 * annotation declares (contract C8, C10).
 */
final class FieldReader {
  /** The annotations whose names say the group already. */
  private static final Map<String, String> GROUPS =
      Map.of("ApiQuery", "QueryString", "ApiBody", "Body");

  private final List<Annotation> annotations;
  private final Differences differences;

  FieldReader(List<Annotation> annotations, Differences differences) {
    this.annotations = annotations;
    this.differences = differences;
  }

  FieldDeclarations read(FieldDeclarations said) {
    return new FieldDeclarations(
        merged(fields(Set.of("ApiHeader")), said.headers()),
        merged(fields(Set.of("ApiParam", "ApiQuery", "ApiBody")), said.parameters()),
        merged(fields(Set.of("ApiSuccess")), said.results()),
        merged(fields(Set.of("ApiError")), said.errors()));
  }

  private List<FieldDeclaration> fields(Set<String> names) {
    return annotations.stream()
        .filter(given -> names.contains(given.name()))
        .map(FieldReader::field)
        .toList();
  }

  private static FieldDeclaration field(Annotation given) {
    Text group =
        given.has("group")
            ? given.text("group")
            : new Text(GROUPS.getOrDefault(given.name(), ""), given.at());
    boolean named = given.has("group") && !group.value().isEmpty();
    return new FieldDeclaration(
        "@" + given.name() + (named ? "(group = \"" + group.value() + "\")" : ""),
        group,
        given.text("type"),
        given.text("field"),
        given.flag("optional"),
        given.textUnlessEmpty("defaultValue"),
        given.text("description").value());
  }

  private List<FieldDeclaration> merged(
      List<FieldDeclaration> written, List<FieldDeclaration> said) {
    List<FieldDeclaration> all = new ArrayList<>(written);
    for (FieldDeclaration field : said) {
      Optional<FieldDeclaration> twin =
          written.stream().filter(other -> FieldTerms.isSameField(other, field)).findFirst();
      if (twin.isEmpty()) {
        all.add(field);
      } else {
        differences.check(twin.get(), field);
        if (twin.get().description().isEmpty()) {
          all.set(all.indexOf(twin.get()), twin.get().describedAs(field.description()));
        }
      }
    }
    return all;
  }
}
