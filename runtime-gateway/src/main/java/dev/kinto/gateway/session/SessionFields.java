package dev.kinto.gateway.session;

import dev.kinto.manifest.FieldName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a session: names in their owners' spelling and values in their wire form (contract
 * C2, C5). Immutable; looked up by folded name.
 *
 * <p>A session has few fields, so they are a flat array of name, value, name, value …, which is
 * also how the grid stores them.
 */
final class SessionFields {
  private final String[] namesAndValues;

  SessionFields(String[] namesAndValues) {
    this.namesAndValues = namesAndValues;
  }

  Optional<String> value(String foldedName) {
    int at = indexOf(foldedName);
    return at < 0 ? Optional.empty() : Optional.of(namesAndValues[at + 1]);
  }

  int size() {
    return namesAndValues.length / 2;
  }

  /** The size of all names and values in bytes, as the limits count it (contract C29). */
  int bytes() {
    int bytes = 0;
    for (String text : namesAndValues) {
      bytes += text.length();
    }
    return bytes;
  }

  /** These fields with others set, or removed where the value is null. */
  SessionFields with(String[] names, @Nullable String[] values) {
    List<String> changed = new ArrayList<>(Arrays.asList(namesAndValues));
    for (int i = 0; i < names.length; i++) {
      int at = indexOf(changed, FieldName.fold(names[i]));
      if (at >= 0) {
        changed.subList(at, at + 2).clear();
      }
      String value = values[i];
      if (value != null) {
        changed.add(names[i]);
        changed.add(value);
      }
    }
    return new SessionFields(changed.toArray(String[]::new));
  }

  /** The stored form. */
  String[] toArray() {
    return namesAndValues.clone();
  }

  private int indexOf(String foldedName) {
    return indexOf(Arrays.asList(namesAndValues), foldedName);
  }

  private static int indexOf(List<String> namesAndValues, String foldedName) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      if (FieldName.fold(namesAndValues.get(i)).equals(foldedName)) {
        return i;
      }
    }
    return -1;
  }
}
