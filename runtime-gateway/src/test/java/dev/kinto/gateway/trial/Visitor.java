package dev.kinto.gateway.trial;

import dev.kinto.gateway.trial.Operation.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Somebody who begins a session, has several threads read and write in it at once, ends it, and
 * begins the next one.
 */
final class Visitor implements Runnable {
  private static final int THREADS = 3;
  private static final int TRIES = 50;

  private final Client client;
  private final RandomGenerator random;
  private final BooleanSupplier goesOn;
  private final Consumer<TrialSession> ended;

  /**
   * Makes one.
   *
   * @param ended gets each session that it ended for sure
   */
  Visitor(
      Client client, RandomGenerator random, BooleanSupplier goesOn, Consumer<TrialSession> ended) {
    this.client = client;
    this.random = random;
    this.goesOn = goesOn;
    this.ended = ended;
  }

  @Override
  public void run() {
    try {
      while (goesOn.getAsBoolean()) {
        visit();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void visit() throws InterruptedException {
    TrialSession session = new TrialSession();
    if (!client.call(session, _ -> Request.begin(), random).done()) {
      TimeUnit.MILLISECONDS.sleep(100);
      return;
    }
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(3_000, 12_000));
    List<Thread> threads =
        IntStream.range(0, THREADS)
            .mapToObj(_ -> Thread.startVirtualThread(() -> work(session, until)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    end(session);
  }

  private void work(TrialSession session, long until) {
    try {
      while (System.nanoTime() < until && goesOn.getAsBoolean() && !session.lost()) {
        step(session);
        TimeUnit.MILLISECONDS.sleep(random.nextLong(20, 80));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step(TrialSession session) {
    int choice = random.nextInt(100);
    if (choice < 55) {
      client.call(session, Request::read, random);
    } else if (choice < 96) {
      String register = List.of("one", "two", "pair").get(random.nextInt(3));
      client.call(session, token -> Request.write(token, register, session.nextValue()), random);
    } else if (session.rotation.tryLock()) {
      try {
        giveToken(session, choice < 98);
      } finally {
        session.rotation.unlock();
      }
    }
  }

  /** A rotation whose answer was lost is repeated; a login's cannot be. */
  private void giveToken(TrialSession session, boolean login) {
    if (login) {
      Operation done =
          client.call(session, token -> Request.login(token, session.nextValue()), random);
      if (done.outcome() == Operation.Outcome.UNKNOWN) {
        session.lose();
      }
      return;
    }
    for (int i = 0; i < TRIES; i++) {
      Operation done = client.call(session, Request::rotate, random);
      if (done.outcome() != Operation.Outcome.UNKNOWN) {
        return;
      }
    }
    session.lose();
  }

  private void end(TrialSession session) throws InterruptedException {
    for (int i = 0; i < TRIES && !session.lost(); i++) {
      Operation done = client.call(session, Request::end, random);
      if (done.kind() == Kind.END && (done.done() || done.code().equals("session-ended"))) {
        ended.accept(session);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
