package dev.kinto.gateway.session;

import dev.kinto.gateway.session.FieldChanges.FieldChange;
import dev.kinto.manifest.FieldName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a session: names in their owners' spelling and values in their wire form (contract
 * C2, C5). Immutable; looked up by folded name.
 *
 * <p>A session has few fields, so they are a flat array of name, value, name, value …, which is
 * also how the grid stores them.
 */
final class SessionFields {
  static final SessionFields NONE = new SessionFields(new String[0]);

  private final String[] namesAndValues;

  SessionFields(String[] namesAndValues) {
    this.namesAndValues = namesAndValues;
  }

  Optional<String> value(String foldedName) {
    int at = indexOf(foldedName);
    return at < 0 ? Optional.empty() : Optional.of(namesAndValues[at + 1]);
  }

  /** All of them, in the order in which they were set. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(all);
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

  /** These fields with others set or removed. */
  SessionFields with(FieldChanges changes) {
    List<String> changed = new ArrayList<>(Arrays.asList(namesAndValues));
    for (FieldChange each : changes.all()) {
      int at = indexOf(changed, FieldName.fold(each.name()));
      if (at >= 0) {
        changed.subList(at, at + 2).clear();
      }
      each.value()
          .ifPresent(
              value -> {
                changed.add(each.name());
                changed.add(value);
              });
    }
    return new SessionFields(changed.toArray(String[]::new));
  }

  void pack(Packer out) {
    out.length(size());
    for (String text : namesAndValues) {
      out.text(text);
    }
  }

  static SessionFields unpack(Unpacker in) {
    String[] namesAndValues = new String[2 * in.length()];
    for (int i = 0; i < namesAndValues.length; i++) {
      namesAndValues[i] = in.text();
    }
    return new SessionFields(namesAndValues);
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
