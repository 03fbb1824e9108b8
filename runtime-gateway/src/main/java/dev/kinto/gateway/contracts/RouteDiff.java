package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Read;
import dev.kinto.gateway.contracts.Services.Service;
import dev.kinto.gateway.contracts.Services.Write;
import dev.kinto.gateway.contracts.TypeAgreement.Verdict;
import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The difference between two states of one route: writes, reads, token, configuration. */
final class RouteDiff {
  private final Service before;
  private final Route old;
  private final Service after;
  private final Route route;
  private final FieldUsers users;

  /** How messages name the call where something is no longer done. */
  private final String call;

  private final List<Finding> findings = new ArrayList<>();

  private RouteDiff(
      Service before, Route old, Service after, Route route, FieldUsers users, String call) {
    this.before = before;
    this.old = old;
    this.after = after;
    this.route = route;
    this.users = users;
    this.call = call;
  }

  static List<Finding> of(Service before, Route old, Service after, Route route, FieldUsers users) {
    RouteDiff diff = new RouteDiff(before, old, after, route, users, before.call(old));
    diff.compare();
    return diff.findings;
  }

  /** The same for a route that answers addresses of another one, which may go on beside it. */
  static List<Finding> ofTaken(
      Service before, Route old, Service after, Route route, FieldUsers users) {
    RouteDiff diff = new RouteDiff(before, old, after, route, users, after.call(route));
    diff.compare();
    return diff.findings;
  }

  private void compare() {
    compareWrites();
    compareReads();
    compareToken();
    compareConfig();
  }

  /** By name without case, as HTTP compares names: another spelling is another header. */
  private static <T> Map<String, T> byName(List<T> items, Function<T, FieldName> field) {
    return items.stream()
        .collect(
            Collectors.toMap(
                item -> field.apply(item).spelling().toLowerCase(Locale.ROOT),
                Function.identity(),
                (first, _) -> first,
                TreeMap::new));
  }

  private void compareWrites() {
    Map<String, Write> olds =
        byName(
            old.writes().stream().map(write -> new Write(before, old, write)).toList(),
            write -> write.write().field());
    Map<String, Write> news =
        byName(
            route.writes().stream().map(write -> new Write(after, route, write)).toList(),
            write -> write.write().field());
    olds.forEach(
        (name, write) -> {
          Write now = news.get(name);
          if (now == null) {
            findings.add(users.writeRemoved(write, call));
          } else {
            compare(write, now);
          }
        });
    news.forEach(
        (name, write) -> {
          if (!olds.containsKey(name)) {
            add(
                FindingKind.WRITE_ADDED,
                write.place("field"),
                write.call(),
                write.write().field(),
                "");
          }
        });
  }

  private void compare(Write was, Write now) {
    if (!was.write().optional() && now.write().optional()) {
      findings.add(users.writeUncertain(now));
    } else if (was.write().optional() && !now.write().optional()) {
      add(FindingKind.WRITE_ADDED, now.place("field"), now.call(), now.write().field(), " always");
    }
    if (was.write().type().equals(now.write().type())) {
      return;
    }
    TypeAgreement agreement =
        TypeAgreement.of(now.write().type(), was.write().type(), was.write().type().decimal());
    switch (agreement.verdict()) {
      case AGREES ->
          add(
              FindingKind.WRITE_NARROWED,
              now.place("type"),
              now.call(),
              now.write().field(),
              was.write().type(),
              now.write().type());
      case FITS_AS_OTHER_TYPE ->
          findings.add(users.writeTypeChanged(was, now, "it fits as text only"));
      default -> findings.add(users.writeTypeChanged(was, now, agreement.reason()));
    }
  }

  private void compareReads() {
    Map<String, Read> olds =
        byName(
            old.reads().stream().map(read -> new Read(before, old, read)).toList(),
            read -> read.read().field());
    Map<String, Read> news =
        byName(
            route.reads().stream().map(read -> new Read(after, route, read)).toList(),
            read -> read.read().field());
    news.forEach(
        (name, read) -> {
          Read was = olds.get(name);
          if (was != null) {
            compare(was, read);
          } else if (read.read().required()) {
            require(read);
          } else {
            compatible(read, "now reads", " if it is there");
          }
        });
    olds.forEach(
        (name, read) -> {
          if (!news.containsKey(name)) {
            compatible(read, call, "no longer reads", "");
          }
        });
  }

  private void compare(Read was, Read now) {
    if (!was.read().required() && now.read().required()) {
      require(now);
    } else if (was.read().required() && !now.read().required()) {
      compatible(now, "no longer requires", "");
    } else if (!was.read().defaultValue().equals(now.read().defaultValue())) {
      compatible(now, "has another default for", "");
    }
    if (was.read().type().equals(now.read().type())) {
      return;
    }
    TypeAgreement agreement = now.accepts(was.read().type());
    if (agreement.verdict() == Verdict.OTHER_TYPE || agreement.verdict() == Verdict.OTHER_RANGE) {
      findings.add(users.readNarrowed(was, now, agreement.reason()));
    } else {
      compatible(now, "accepts more for", ": " + now.read().type());
    }
  }

  private void require(Read read) {
    FieldName field = read.read().field();
    add(FindingKind.READ_REQUIRED, read.place("field"), read.call(), field, users.setters(field));
  }

  private void compatible(Read read, String what, String suffix) {
    compatible(read, read.call(), what, suffix);
  }

  private void compatible(Read read, String caller, String what, String suffix) {
    add(
        FindingKind.READ_COMPATIBLE,
        read.place("field"),
        caller,
        what,
        read.read().field(),
        suffix);
  }

  private void compareToken() {
    Place place = after.file().route(route, "path");
    if (route.rotatesToken() && !old.rotatesToken()) {
      add(FindingKind.ROTATION_CHANGED, place, after.call(route), "now gives a new token");
    } else if (old.rotatesToken() && !route.rotatesToken()) {
      String what = "no longer gives a new token";
      findings.add(
          Finding.of(FindingKind.ROTATION_CHANGED, place, after.call(route), what)
              .with(Severity.NOTE));
    }
  }

  private void compareConfig() {
    Map<String, ConfigRead> olds = byName(old.config(), ConfigRead::field);
    Map<String, ConfigRead> news = byName(route.config(), ConfigRead::field);
    news.forEach(
        (name, config) -> {
          ConfigRead was = olds.get(name);
          String spelling = config.field().spelling();
          Place place = after.file().field(route, "config", spelling, "field");
          if (config.required() && (was == null || !was.required())) {
            add(FindingKind.CONFIG_REQUIRED, place, after.call(route), spelling);
          } else if (was == null || was.required() != config.required()) {
            String what = "takes the configuration value \"" + spelling + "\" if it is granted";
            add(FindingKind.CONFIG_COMPATIBLE, place, after.call(route), what);
          }
        });
    olds.forEach(
        (name, config) -> {
          if (!news.containsKey(name)) {
            String spelling = config.field().spelling();
            add(
                FindingKind.CONFIG_COMPATIBLE,
                before.file().field(old, "config", spelling, "field"),
                call,
                "no longer takes the configuration value \"" + spelling + "\"");
          }
        });
  }

  private void add(FindingKind kind, Place place, Object... arguments) {
    findings.add(Finding.of(kind, place, arguments));
  }
}
