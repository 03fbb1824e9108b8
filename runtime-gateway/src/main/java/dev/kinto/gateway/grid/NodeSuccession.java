package dev.kinto.gateway.grid;

import dev.kinto.gateway.problem.Refusal;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.IgnitionListener;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of this process, one after the other: one that had to stop because its disk failed is
 * followed by the next as soon as there is room on the disk. Until then whoever asks is refused, so
 * that nobody is told what may not be there any more. Safe for use by any number of threads.
 */
final class NodeSuccession implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NodeSuccession.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Supplier<Node> begin;
  private final Optional<DiskSpace> disk;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final IgnitionListener listener = this::changed;
  private volatile @Nullable Node current;
  private String lastSaid = "";

  private NodeSuccession(Supplier<Node> begin, Optional<DiskSpace> disk) {
    this.begin = begin;
    this.disk = disk;
  }

  /**
   * Starts the first one.
   *
   * @param folder that they keep entries in; without one a node has no successor
   */
  static NodeSuccession start(Supplier<Node> begin, Optional<Path> folder) {
    NodeSuccession nodes = new NodeSuccession(begin, folder.map(DiskSpace::new));
    nodes.current = begin.get();
    if (folder.isPresent()) {
      Ignition.addListener(nodes.listener);
    }
    return nodes;
  }

  /**
   * The one that runs.
   *
   * @throws Refusal grid-unavailable, if none does at the moment
   */
  Node current() {
    Node node = current;
    if (node == null) {
      throw NodeDisk.unavailable();
    }
    return node;
  }

  boolean isRunning() {
    return current != null;
  }

  private void changed(@Nullable String name, IgniteState state) {
    Node node = current;
    if (node != null
        && node.ignite().name().equals(name)
        && state != IgniteState.STARTED
        && closed.getCount() > 0) {
      current = null;
      LOG.log(
          Level.ERROR,
          "The disk that sessions are kept on (grid.persistence) failed. Requests with sessions are"
              + " refused until it works and has room; then the gateway goes on by itself, and what"
              + " was saved is there.");
      Thread.ofPlatform().daemon().name("kinto-grid").start(this::succeed);
    }
  }

  private void succeed() {
    try {
      while (!closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
        if (hasRoom() && hasBegun()) {
          LOG.log(Level.INFO, "Sessions are read and saved again.");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasRoom() {
    return disk.map(DiskSpace::look).filter(GridMemory::isFull).isEmpty();
  }

  private synchronized boolean hasBegun() {
    if (closed.getCount() == 0) {
      return true;
    }
    try {
      current = begin.get();
      return true;
    } catch (RuntimeException e) {
      String text = String.valueOf(e.getMessage());
      LOG.log(lastSaid.equals(text) ? Level.DEBUG : Level.WARNING, text, e);
      lastSaid = text;
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Ignition.removeListener(listener);
    synchronized (this) {
      Node node = current;
      if (node != null) {
        node.close();
      }
    }
  }
}
