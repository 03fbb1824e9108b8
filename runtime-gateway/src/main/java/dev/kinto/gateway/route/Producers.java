package dev.kinto.gateway.route;

import dev.kinto.gateway.route.BoundRoute.Injection;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import dev.kinto.session.WireText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who sets the session fields of an environment, and how their owners spell them (contract C2). */
final class Producers {
  private final Map<String, FieldName> spellings = new HashMap<>();

  /** The routes that certainly write a field, as clients call them, by folded name. */
  private final Map<String, List<String>> certain = new HashMap<>();

  /** The routes that write it on some answers only, as a logout does, which removes it. */
  private final Map<String, List<String>> perhaps = new HashMap<>();

  private Producers() {}

  static Producers of(Collection<Manifest> manifests) {
    Producers producers = new Producers();
    for (Manifest manifest : manifests) {
      for (Route route : manifest.routes()) {
        String call = route.method() + " /" + manifest.microservice() + route.path().text();
        route.writes().forEach(write -> producers.add(write, call));
      }
    }
    return producers;
  }

  private void add(SessionWrite write, String call) {
    FieldName field = write.field();
    spellings.putIfAbsent(field.folded(), field);
    (write.optional() ? perhaps : certain)
        .computeIfAbsent(field.folded(), _ -> new ArrayList<>())
        .add(call);
  }

  /** How a field is sent to a route that reads it; refusals name who sets it. */
  Injection injection(SessionRead read) {
    String folded = read.field().folded();
    FieldName spelling = spellings.getOrDefault(folded, read.field());
    return new Injection(
        spelling,
        spelling.spelling().toLowerCase(Locale.ROOT),
        folded,
        read.required(),
        read.defaultValue().map(WireText::encode),
        certain.getOrDefault(folded, perhaps.getOrDefault(folded, List.of())));
  }
}
