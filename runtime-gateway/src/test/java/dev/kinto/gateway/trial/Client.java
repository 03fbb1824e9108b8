package dev.kinto.gateway.trial;

import dev.kinto.gateway.trial.Operation.Kind;
import dev.kinto.gateway.trial.Operation.Outcome;
import dev.kinto.gateway.trial.TrialSession.Held;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Calls gateways for sessions, and records every attempt. Safe for many threads. */
final class Client {
  private final Cluster cluster;
  private final Optional<Balancer> balancer;
  private final History history;
  private final Queue<Sample> samples;

  /**
   * Makes one.
   *
   * @param balancer absent: it calls any gateway, ready or not, and repeats nothing
   */
  Client(Cluster cluster, Optional<Balancer> balancer, History history, Queue<Sample> samples) {
    this.cluster = cluster;
    this.balancer = balancer;
    this.history = history;
    this.samples = samples;
  }

  /**
   * Makes a request, and takes the token that its answer brings.
   *
   * @param request makes it for a token; each attempt writes a value of its own
   * @return the last attempt
   */
  Operation call(TrialSession session, Function<String, Request> request, RandomGenerator random) {
    Set<Integer> tried = new HashSet<>();
    long begin = System.nanoTime();
    while (true) {
      int node = choose(tried, random);
      Held held = session.held();
      Request next = request.apply(held.token());
      Attempt attempt = attempt(session, next, held.number(), node);
      tried.add(node);
      if (attempt.broken && balancer.isPresent()) {
        balancer.get().failed(node);
        if (next.idempotent() && tried.size() < cluster.nodes().size()) {
          continue;
        }
      }
      samples.add(
          new Sample(
              balancer.isPresent(),
              next.idempotent(),
              begin,
              System.nanoTime(),
              attempt.failure()));
      return attempt.operation;
    }
  }

  /** Makes one request to one gateway. */
  Operation callAt(int node, TrialSession session, Function<String, Request> request) {
    Held held = session.held();
    return attempt(session, request.apply(held.token()), held.number(), node).operation;
  }

  private int choose(Set<Integer> tried, RandomGenerator random) {
    return balancer
        .map(b -> b.choose(tried, random))
        .orElseGet(() -> 1 + random.nextInt(cluster.nodes().size()));
  }

  private Attempt attempt(TrialSession session, Request request, int token, int node) {
    long begin = System.nanoTime();
    Optional<Answer> answer = Optional.empty();
    Outcome outcome = Outcome.UNKNOWN;
    String error = "";
    boolean broken = false;
    try {
      Answer got = cluster.api(node).send(request);
      answer = Optional.of(got);
      outcome = outcome(request.kind(), got);
    } catch (IOException e) {
      error = e.getClass().getSimpleName();
      broken = !(e instanceof SocketTimeoutException);
      outcome = e instanceof ConnectException ? Outcome.REFUSED : Outcome.UNKNOWN;
    }
    long end = System.nanoTime();
    Operation operation =
        history.add(
            new Operation(
                session.name(),
                request.kind(),
                node,
                token,
                begin,
                end,
                outcome,
                answer.map(Answer::status).orElse(0),
                answer.map(got -> got.text("code")).orElse(error),
                values(request, answer)));
    answer.ifPresent(got -> takeToken(session, operation, got));
    return new Attempt(operation, broken);
  }

  private static Outcome outcome(Kind kind, Answer answer) {
    if (answer.good()) {
      return Outcome.DONE;
    }
    boolean notYetWritten =
        (kind == Kind.WRITE || kind == Kind.LOGIN)
            && answer.status() == 503
            && !answer.upstreamCalled();
    return answer.status() / 100 == 4 || notYetWritten ? Outcome.REFUSED : Outcome.UNKNOWN;
  }

  private static Map<String, String> values(Request request, Optional<Answer> answer) {
    return request.kind() == Kind.READ
        ? answer
            .filter(Answer::good)
            .map(got -> RegisterService.registers(got.body()))
            .orElse(Map.of())
        : request.values();
  }

  private static void takeToken(TrialSession session, Operation operation, Answer answer) {
    if (!operation.done()) {
      return;
    }
    switch (operation.kind()) {
      case BEGIN, ROTATE -> session.take(answer.text("token"));
      case LOGIN -> session.take(answer.header("kinto-token").orElseThrow());
      default -> {}
    }
  }

  /**
   * An attempt.
   *
   * @param broken whether the connection failed, so that a balancer may try another gateway
   */
  private record Attempt(Operation operation, boolean broken) {
    /** What a client cannot work with. A 401 it can; whether it was right the check tells. */
    String failure() {
      boolean understood = operation.done() || operation.status() / 100 == 4;
      return understood ? "" : (operation.status() + " " + operation.code()).strip();
    }
  }
}
