package dev.kinto.gateway.observe;

import dev.kinto.gateway.observe.RequestRecord.Injected;
import dev.kinto.gateway.observe.RequestRecord.Missing;
import dev.kinto.gateway.observe.RequestRecord.Removed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says in a sentence what became of a request and why, for people: {@code articles POST /articles,
 * client demo-web, session 3f0c2a91…: `auth-userId` missing, provided by auth POST /login; sent by
 * the client and removed: `auth-userid`}. It names fields, and shows no value of any.
 */
public final class Why {
  private static final int SHOWN_OF_A_SESSION = 8;

  private Why() {}

  /** The sentence, without a full stop. */
  public static String of(RequestRecord request) {
    return subject(request) + ": " + String.join("; ", facts(request));
  }

  private static String subject(RequestRecord request) {
    List<String> parts = new ArrayList<>();
    parts.add(call(request));
    if (!request.client().isEmpty()) {
      parts.add("client " + request.client());
    }
    request
        .session()
        .ifPresent(
            id -> parts.add("session " + id.toString().substring(0, SHOWN_OF_A_SESSION) + "…"));
    return String.join(", ", parts);
  }

  /** {@code articles POST /articles}; without a route what the client called. */
  private static String call(RequestRecord request) {
    if (!request.route().service().isEmpty()) {
      return request.route().service() + " " + request.route().declared();
    }
    return request.method().isEmpty()
        ? "a request from " + request.address() + " that could not be read"
        : request.method() + " " + request.path();
  }

  private static List<String> facts(RequestRecord request) {
    List<String> facts = new ArrayList<>();
    request.missing().forEach(missing -> facts.add(missing(missing)));
    if (request.missing().isEmpty()) {
      facts.add(outcome(request));
    }
    add(facts, "sent by the client and removed: ", request.removed(), Removed::name);
    add(facts, "injected: ", request.injected(), Injected::field);
    add(facts, "configuration values injected: ", request.config(), name -> name);
    add(facts, "written to the session: ", request.written(), name -> name);
    add(facts, "set without being declared, and dropped: ", request.undeclared(), name -> name);
    return facts;
  }

  private static String outcome(RequestRecord request) {
    StringBuilder text = new StringBuilder().append(request.status());
    if (!request.code().isEmpty()) {
      text.append(' ').append(request.code());
    }
    if (!request.detail().isEmpty()) {
      text.append(" (").append(request.detail()).append(')');
    }
    if (!request.upstream().isNone()) {
      text.append(", upstream ")
          .append(request.upstream())
          .append(" in ")
          .append(request.upstreamTime().toMillis())
          .append(" ms");
    }
    return text.toString();
  }

  private static String missing(Missing missing) {
    String providers =
        missing.providers().stream().map(Why::provider).collect(Collectors.joining(" or "));
    return "`"
        + missing.field()
        + "` missing, "
        + (providers.isEmpty() ? "provided by no route" : "provided by " + providers);
  }

  /** {@code POST /auth/login} as the microservice says it: {@code auth POST /login}. */
  private static String provider(String called) {
    int path = called.indexOf('/');
    int below = called.indexOf('/', path + 1);
    return below < 0
        ? called
        : called.substring(path + 1, below)
            + " "
            + called.substring(0, path)
            + called.substring(below);
  }

  private static <T> void add(
      List<String> facts, String what, List<T> all, Function<T, String> name) {
    if (!all.isEmpty()) {
      facts.add(
          all.stream()
              .map(each -> "`" + name.apply(each) + "`")
              .collect(Collectors.joining(", ", what, "")));
    }
  }
}
