package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.Endpoint.Call;
import dev.kinto.gateway.admin.Endpoint.Form;
import dev.kinto.gateway.admin.Endpoint.Parameter;
import dev.kinto.gateway.admin.SessionsView.EndedView;
import dev.kinto.gateway.admin.SessionsView.ExportView;
import dev.kinto.gateway.admin.SessionsView.FieldView;
import dev.kinto.gateway.admin.SessionsView.SessionSummaryView;
import dev.kinto.gateway.admin.SessionsView.SessionView;
import dev.kinto.gateway.config.AdminConfig;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionQuery;
import dev.kinto.gateway.session.StoredSession;
import dev.kinto.gateway.session.StoredSessions;
import dev.kinto.gateway.session.StoredSessions.Page;
import dev.kinto.gateway.throttle.Throttle;
import dev.kinto.manifest.FieldName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Sessions are found, shown, exported and ended (contract C44). */
final class SessionsEndpoints {
  private static final int MOST_EXPORTED = 10_000;
  private static final long MOST_CHARACTERS = 32L << 20;

  /** How many are gathered at a time for an export: all of them are in memory. */
  private static final int PAGE = 100;

  private static final List<Parameter> FILTERS =
      List.of(
          AdminApi.parameter("environment", "Only those of this environment"),
          AdminApi.parameter("client", "Only those of this client"),
          AdminApi.parameter("field", "A field of admin.index; with value"),
          AdminApi.parameter("value", "Only those that have this value in the field"));

  private final StoredSessions sessions;
  private final AdminConfig config;
  private final Throttle throttle;
  private final InstantSource clock;

  SessionsEndpoints(
      StoredSessions sessions, AdminConfig config, Throttle throttle, InstantSource clock) {
    this.sessions = sessions;
    this.config = config;
    this.throttle = throttle;
    this.clock = clock;
  }

  List<Endpoint> all() {
    return List.of(list(), export(), one(), endOne(), endAll());
  }

  private Endpoint list() {
    List<Parameter> parameters = new ArrayList<>(FILTERS);
    parameters.add(new Parameter("limit", "How many sessions at most", Form.LIMIT));
    parameters.add(AdminApi.parameter("after", "The next of the page before"));
    return new Endpoint(
        "GET",
        "/api/sessions",
        "The sessions of the whole grid that are asked for",
        "By a field they are found without a look at the others. A page may be short, or empty,"
            + " and still have a next one. Four lists are made at a time.",
        parameters,
        SessionsView.class,
        call -> {
          SessionQuery query = query(call.query());
          Optional<String> after = call.query().text("after");
          return throttle.list(() -> listed(page(query, call.query().limit(), after)));
        });
  }

  private static SessionsView listed(Page page) {
    return new SessionsView(
        page.sessions().stream().map(SessionsEndpoints::summary).toList(), page.next());
  }

  private Page page(SessionQuery query, int limit, Optional<String> after) {
    try {
      return sessions.search(query, limit, after);
    } catch (IllegalArgumentException e) {
      throw Query.refused("\"after\" is what the page before has as \"next\". Begin without it.");
    }
  }

  private Endpoint export() {
    return new Endpoint(
        "GET",
        "/api/sessions/export",
        "All sessions of somebody, with what they hold",
        "At most 10,000 of them, and 32 MiB of names and values. Two exports and ends are done at a"
            + " time.",
        FILTERS,
        ExportView.class,
        call -> {
          SessionQuery query = somebodys(call.query());
          List<SessionView> all = throttle.work(() -> exported(query));
          Audit.done(
              call.operator(), call.requestId(), "exported " + sessions(all.size()) + by(query));
          return new ExportView(clock.instant(), all);
        });
  }

  private List<SessionView> exported(SessionQuery query) {
    List<SessionView> all = new ArrayList<>();
    long characters = 0;
    Optional<String> after = Optional.empty();
    do {
      Page page = page(query, PAGE, after);
      for (StoredSession each : page.sessions()) {
        characters += each.characters();
        all.add(view(each));
      }
      requireFew(all.size(), characters);
      after = page.next();
    } while (after.isPresent());
    return all;
  }

  private static void requireFew(int count, long characters) {
    if (count > MOST_EXPORTED || characters > MOST_CHARACTERS) {
      throw Query.refused(
          "These are more than "
              + (count > MOST_EXPORTED ? MOST_EXPORTED + " sessions" : "32 MiB")
              + ". Ask for them page by page, GET /api/sessions, and for each of them, GET"
              + " /api/sessions/{id}.");
    }
  }

  private Endpoint one() {
    return new Endpoint(
        "GET",
        "/api/sessions/{id}",
        "One session, with what it holds",
        "",
        List.of(),
        SessionView.class,
        call -> sessions.find(id(call)).map(this::view).orElseThrow(SessionsEndpoints::unknown));
  }

  private Endpoint endOne() {
    return new Endpoint(
        "DELETE",
        "/api/sessions/{id}",
        "Ends one session, on every gateway, from now on",
        "",
        List.of(),
        EndedView.class,
        call -> {
          if (!sessions.end(id(call))) {
            throw unknown();
          }
          Audit.done(call.operator(), call.requestId(), "ended the session " + call.last());
          return receipt(1, call);
        });
  }

  private Endpoint endAll() {
    return new Endpoint(
        "DELETE",
        "/api/sessions",
        "Ends all sessions of somebody, on every gateway, from now on",
        "By a field and its value, by a client, or both. However many they are, requests go on"
            + " beside it. If it breaks off, repeat it. Two exports and ends are done at a time.",
        FILTERS,
        EndedView.class,
        call -> {
          SessionQuery query = somebodys(call.query());
          return throttle.work(() -> endAll(query, call));
        });
  }

  private EndedView endAll(SessionQuery query, Call call) {
    AtomicLong ended = new AtomicLong();
    try {
      sessions.endAll(query, ended);
    } catch (Refusal e) {
      throw new Refusal(e.code(), broken(ended.get(), e.detail()), e);
    } finally {
      Audit.done(call.operator(), call.requestId(), "ended " + sessions(ended.get()) + by(query));
    }
    return receipt(ended.get(), call);
  }

  private static String broken(long ended, String detail) {
    return detail + " " + sessions(ended) + " had ended before. Repeat it for the others.";
  }

  private EndedView receipt(long ended, Call call) {
    return new EndedView(ended, clock.instant(), call.operator(), call.requestId());
  }

  private static String sessions(long count) {
    return count == 1 ? "1 session" : count + " sessions";
  }

  /** What was asked for, without the value, which is the user's. */
  private static String by(SessionQuery query) {
    return query.environment().map(name -> " of the environment " + name).orElse("")
        + query.clientId().map(id -> " of the client " + id).orElse("")
        + query.field().map(name -> " by the field " + name).orElse("");
  }

  /** A query that cannot mean everybody. */
  private SessionQuery somebodys(Query query) {
    SessionQuery asked = query(query);
    if (asked.clientId().isEmpty() && asked.field().isEmpty()) {
      throw Query.refused(
          "Say whose sessions: \"field\" and \"value\", or \"client\". All at once is not"
              + " possible here.");
    }
    return asked;
  }

  private SessionQuery query(Query query) {
    Optional<String> field = query.text("field");
    if (field.isPresent() != query.text("value").isPresent()) {
      throw Query.refused("\"field\" and \"value\" go together. Give both, or none.");
    }
    field.ifPresent(this::requireIndexed);
    return new SessionQuery(
        query.text("environment"), query.text("client"), field, query.text("value"));
  }

  private void requireIndexed(String field) {
    if (!config.index().contains(FieldName.fold(field))) {
      throw Query.refused(
          "Sessions are not found by this field, for it is not indexed. Add it to \"admin.index\""
              + " in the configuration of all gateways, and reload. Found: \""
              + field
              + "\". Indexed are: "
              + (config.index().isEmpty() ? "none" : String.join(", ", config.index())));
    }
  }

  private static UUID id(Call call) {
    try {
      UUID id = UUID.fromString(call.last());
      if (id.toString().equals(call.last())) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // there is none of this id
    }
    throw unknown();
  }

  private static Refusal unknown() {
    return new Refusal(
        ProblemCode.SESSION_UNKNOWN, "No session of this id lives. It has ended, or never was.");
  }

  private static SessionSummaryView summary(StoredSession session) {
    return new SessionSummaryView(
        session.id().toString(),
        session.environment(),
        session.clientId(),
        session.createdAt(),
        session.expiresAt(),
        List.copyOf(session.fields().keySet()));
  }

  private SessionView view(StoredSession session) {
    return new SessionView(
        session.id().toString(),
        session.environment(),
        session.clientId(),
        session.createdAt(),
        session.expiresAt(),
        session.endsAt(),
        session.logins(),
        session.fields().entrySet().stream()
            .map(each -> FieldView.of(each.getKey(), each.getValue(), config.sensitive()))
            .toList());
  }
}
