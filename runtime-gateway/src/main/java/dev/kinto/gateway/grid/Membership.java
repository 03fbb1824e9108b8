package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.schedule.PeriodicTask;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this process a member of the grid: when its node lost the majority, or the others went on
 * without it, the node is stopped, its memory is forgotten, and another one joins what is the grid
 * then (contract C37a). Ignite itself never merges what was split.
 */
final class Membership implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Membership.class.getName());
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration REACHING = Duration.ofMillis(500);
  private static final Duration LEAVING = Duration.ofSeconds(25);

  /** How long a node without a majority waits before it asks for others to join, see below. */
  private static final int PATIENCE_MILLIS = 1000;

  private static final int YIELDING_MILLIS = 4000;

  /** How long a start may take before it is given up and tried again. */
  private static final Duration STARTING = Duration.ofSeconds(60);

  /** Starts a node, which then is this process in the grid. */
  @FunctionalInterface
  interface Lives {
    /**
     * Begins the next one.
     *
     * @throws NotJoinedException if it is not let in, now or ever
     */
    MemberNode begin();
  }

  private final Lives lives;
  private final List<Member> members;
  private final InetSocketAddress here;
  private final Thread thread;
  private volatile @Nullable MemberNode current;
  private volatile boolean closed;
  private final CompletableFuture<Boolean> firstTried = new CompletableFuture<>();
  private String lastFailure = "";

  private Membership(Lives lives, List<Member> members, NodeAddress address) {
    this.lives = lives;
    this.members = members;
    this.here = new InetSocketAddress(address.host(), address.discoveryPort());
    this.thread = Thread.ofPlatform().daemon().name("kinto-grid").unstarted(this::live);
  }

  /**
   * Starts the first node, in a bounded time: one that is not let in just now, or waits for others
   * that do not answer, is tried again after this has returned.
   *
   * @throws RuntimeException if its configuration has to be changed first
   */
  static Membership start(Lives lives, List<Member> members, NodeAddress address) {
    Membership membership = new Membership(lives, members, address);
    membership.thread.start();
    try {
      membership.firstTried.get(STARTING.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.log(Level.DEBUG, "The grid's node is still starting", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      membership.close();
      Thread.currentThread().interrupt();
    }
    return membership;
  }

  /**
   * The node, if it serves, or does so soon.
   *
   * @throws Refusal grid-unavailable
   */
  MemberNode serving() {
    MemberNode node = current;
    if (node == null || !node.awaitServing()) {
      throw new Refusal(
          ProblemCode.GRID_UNAVAILABLE,
          "This gateway does not reach enough of those that keep sessions with it.");
    }
    return node;
  }

  /** How many nodes are seen, this one among them; 0 while there is none here. */
  List<GridMember> nodes() {
    MemberNode node = current;
    try {
      return node == null ? List.of() : node.members();
    } catch (RuntimeException e) {
      return List.of(); // it is stopping
    }
  }

  boolean isReady() {
    MemberNode node = current;
    try {
      return node != null && node.isReady();
    } catch (RuntimeException e) {
      return false; // it is stopping
    }
  }

  private void live() {
    while (!closed) {
      try {
        MemberNode node = current;
        if (node == null) {
          begin();
        } else {
          watch(node);
        }
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "The grid is left, or a start was given up that just succeeded", e);
      }
    }
  }

  private void begin() throws InterruptedException {
    try {
      MemberNode node = beginInTime();
      current = node;
      lastFailure = "";
      if (!firstTried.complete(true)) {
        LOG.log(Level.INFO, "The grid has {0} node(s) again with this one", node.count());
      }
    } catch (RuntimeException | Error e) {
      boolean passing = e instanceof NotJoinedException failure && failure.isPassing();
      if (closed || (!passing && firstTried.completeExceptionally(e))) {
        closed = true;
        return;
      }
      firstTried.complete(true);
      sayOnce(String.valueOf(e.getMessage()));
      Thread.sleep(PATIENCE_MILLIS);
    }
  }

  private void sayOnce(String failure) {
    Level level = failure.equals(lastFailure) ? Level.DEBUG : Level.WARNING;
    LOG.log(level, "The grid''s node did not start, and is tried again: {0}", failure);
    lastFailure = failure;
  }

  /** Ignite waits without an end for others that are in trouble, unless it is interrupted. */
  private MemberNode beginInTime() {
    PeriodicTask limit = PeriodicTask.every(STARTING, "kinto-grid-limit", this::giveUpStart);
    try {
      return lives.begin();
    } finally {
      limit.close();
      Thread.interrupted(); // what came too late is for the start alone
    }
  }

  private void giveUpStart() {
    LOG.log(
        Level.WARNING,
        "The grid''s node has been starting for more than {0} s, since others of the grid do not"
            + " answer. It is given up, and tried again",
        STARTING.toSeconds());
    thread.interrupt();
  }

  /** Watches a node until its life is over, and ends it. */
  private void watch(MemberNode node) throws InterruptedException {
    try {
      awaitEnd(node);
    } catch (RuntimeException e) {
      // What Ignite throws depends on how far it has stopped: then this life is over too.
      LOG.log(Level.DEBUG, "The node of the grid does not answer any more", e);
    }
    if (!closed) {
      LOG.log(
          Level.WARNING,
          "This gateway no longer reaches a majority of the grid. It refuses requests with"
              + " sessions until it has joined the others again");
      current = null;
      node.close();
    }
  }

  private void awaitEnd(MemberNode node) throws InterruptedException {
    long since = System.nanoTime();
    boolean told = false;
    while (!closed && !node.hasEndedWithin(LOOK)) {
      if (node.isAmongMajority()) {
        since = System.nanoTime();
        if (!told) {
          LOG.log(Level.INFO, "The grid has {0} node(s), which is a majority", node.count());
          told = true;
        }
        node.giveUpWhatIsLost();
      } else if (shouldJoinOthers(node, Duration.ofNanos(System.nanoTime() - since))) {
        return;
      }
    }
  }

  /**
   * Whether a node that never saw a majority gives way to others that it now reaches: both began
   * alone, and such grids never merge. So that not all give way to one another at once, the one of
   * the lowest address waits longer.
   */
  private boolean shouldJoinOthers(MemberNode node, Duration alone) {
    if (alone.toMillis() < PATIENCE_MILLIS) {
      return false;
    }
    List<InetSocketAddress> strangers =
        members.stream()
            .flatMap(MemberAddresses::of)
            .filter(address -> !address.equals(here) && !node.knows(address))
            .filter(Membership::isReached)
            .toList();
    if (strangers.isEmpty()) {
      return false;
    }
    boolean lowest = strangers.stream().allMatch(other -> text(here).compareTo(text(other)) < 0);
    return !lowest
        || alone.toMillis()
            > YIELDING_MILLIS + ThreadLocalRandom.current().nextInt(YIELDING_MILLIS);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private static boolean isReached(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) REACHING.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Leaves the grid in order. */
  @Override
  public void close() {
    closed = true;
    try {
      if (current == null) {
        thread.interrupt(); // it may be waiting for others to start
      }
      thread.join(LEAVING);
      MemberNode node = current;
      if (node != null) {
        node.leave();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
