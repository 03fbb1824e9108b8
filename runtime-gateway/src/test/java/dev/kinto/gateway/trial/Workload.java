package dev.kinto.gateway.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The clients of a trial. Some call through the balancer, and nothing of what they ask may fail
 * where that is promised; others call each gateway whether it is ready or not, and may be refused,
 * but never deceived. Some sessions are written once and then only read, so that nobody writes
 * again what was lost; ended ones are tried again and again.
 */
final class Workload {
  private static final int RESTING = 150;
  private static final int KEPT_ENDED = 500;
  private static final int FINAL_TRIES = 50;

  private final Cluster cluster;
  private final Balancer balancer;
  private final History history = new History();
  private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final List<TrialSession> resting = new ArrayList<>();
  private final List<TrialSession> ended = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Client balanced;
  private final Client direct;
  private final RandomGenerator random;
  private volatile boolean goesOn = true;

  Workload(Cluster cluster, long seed) {
    this.cluster = cluster;
    this.balancer = new Balancer(cluster);
    this.balanced = new Client(cluster, Optional.of(balancer), history, samples);
    this.direct = new Client(cluster, Optional.empty(), history, samples);
    this.random = new Random(seed);
  }

  History history() {
    return history;
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** Starts this many visitors, two thirds of them through the balancer. */
  void start(int visitors) {
    for (int i = 0; i < RESTING; i++) {
      resting.add(newResting());
    }
    for (int i = 0; i < visitors; i++) {
      Client client = i % 3 == 2 ? direct : balanced;
      run(new Visitor(client, random, () -> goesOn, this::keepEnded));
    }
    run(() -> each(resting, balanced));
    run(() -> each(resting, direct));
    run(() -> each(ended, direct));
  }

  private void run(Runnable task) {
    threads.add(Thread.startVirtualThread(task));
  }

  private TrialSession newResting() {
    TrialSession session = new TrialSession();
    balanced.call(session, _ -> Request.begin(), random);
    for (String register : List.of("one", "pair")) {
      balanced.call(session, token -> Request.write(token, register, session.nextValue()), random);
    }
    return session;
  }

  private void keepEnded(TrialSession session) {
    ended.add(session);
    if (ended.size() > KEPT_ENDED) {
      ended.remove(0);
    }
  }

  /** Reads sessions, and now and then writes in those that have ended. */
  private void each(List<TrialSession> sessions, Client client) {
    try {
      while (goesOn) {
        TimeUnit.MILLISECONDS.sleep(25);
        if (sessions.isEmpty()) {
          continue;
        }
        TrialSession session = sessions.get(random.nextInt(sessions.size()));
        if (sessions == ended && random.nextInt(3) == 0) {
          client.call(session, token -> Request.write(token, "two", session.nextValue()), random);
        } else {
          client.call(session, Request::read, random);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the load, and then reads each session that rests, and tries each that has ended, at each
   * gateway.
   *
   * @return what a gateway would not answer although all is well again
   */
  List<Violation> finish() throws InterruptedException {
    goesOn = false;
    for (Thread thread : threads) {
      thread.join();
    }
    List<Violation> unserved = new ArrayList<>();
    for (int node : cluster.nodes()) {
      for (TrialSession session : resting) {
        readAtLast(node, session).ifPresent(unserved::add);
      }
      for (TrialSession session : ended) {
        readAtLast(node, session).ifPresent(unserved::add);
      }
    }
    balancer.close();
    return unserved;
  }

  private Optional<Violation> readAtLast(int node, TrialSession session)
      throws InterruptedException {
    Operation last = direct.callAt(node, session, Request::read);
    for (int i = 0; i < FINAL_TRIES && !last.done() && last.status() / 100 != 4; i++) {
      TimeUnit.MILLISECONDS.sleep(200);
      last = direct.callAt(node, session, Request::read);
    }
    return last.done() || last.status() / 100 == 4
        ? Optional.empty()
        : Optional.of(
            new Violation(session.name(), "it is not served when all is over", List.of(last)));
  }
}
