package dev.kinto.gateway.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that runs virtual threads until none of them can go on, and then waits for
 * their sockets. What they say to each other, and what comes for them, wakes no other thread.
 *
 * <p>A virtual thread that is started by one of a loop's runs on that loop too. What keeps a
 * processor busy, or blocks in a way that the JDK cannot park, keeps all others of the loop waiting
 * and belongs {@link #aside}.
 */
public final class EventLoop {
  private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());

  private static final int BUFFER_SIZE = 64 * 1024;

  private final Selector selector;
  private final Carrier carrier;
  private final Executor scheduler = this::execute;

  /** What goes on next, said by the loop's own thread. */
  private final Queue<Runnable> own = new ArrayDeque<>();

  /** The same, said by others. */
  private final Queue<Runnable> others = new ConcurrentLinkedQueue<>();

  /** What comes is read into it, and taken out before another thread of the loop goes on. */
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);

  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean waits;
  private volatile boolean stopped;

  /** Its sockets are closed, and its threads run elsewhere. */
  private volatile boolean ended;

  EventLoop(String name) throws IOException {
    selector = Selector.open();
    carrier = new Carrier(name, this);
  }

  /** The platform thread of a loop. */
  private static final class Carrier extends Thread {
    private final EventLoop loop;

    Carrier(String name, EventLoop loop) {
      super(null, loop::run, name, 0, false);
      setDaemon(true);
      this.loop = loop;
    }
  }

  /** The one that the calling thread runs on; null if it is an ordinary thread. */
  public static @Nullable EventLoop current() {
    return JdkScheduling.isAvailable() && JdkScheduling.currentCarrier() instanceof Carrier carrier
        ? carrier.loop
        : null;
  }

  void start() {
    carrier.start();
  }

  /** A virtual thread of this loop, which was not started yet. */
  public Thread thread(String name, Runnable task) {
    return JdkScheduling.threadsOn(scheduler).name(name).unstarted(task);
  }

  /** The same, which serves a connection and counts as its load until it ends. */
  Thread serving(String name, Runnable connection) {
    connections.incrementAndGet();
    return thread(
        name,
        () -> {
          try {
            connection.run();
          } finally {
            connections.decrementAndGet();
          }
        });
  }

  /** How many connections it serves. */
  int load() {
    return connections.get();
  }

  /**
   * A connected socket whose reads and writes are for threads of this loop. To be called on one.
   *
   * @param channel whose options stay as they are; nobody else reads from it or writes to it
   */
  public LoopSocket socket(SocketChannel channel) throws IOException {
    return new LoopSocket(channel, this);
  }

  /**
   * Runs what may block on an ordinary virtual thread, and waits for it. Where the calling thread
   * is of no loop, it runs at once.
   */
  public static <T extends @Nullable Object> T aside(Supplier<T> task) {
    if (current() == null) {
      return task.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    startAside("kinto-aside", () -> complete(result, task));
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /**
   * Lets all other threads go on that can. On an ordinary scheduler the calling one waits for a
   * moment: one that only yields stays before all that other threads wake up or start there.
   */
  @SuppressWarnings("ThreadPriorityCheck") // A loop takes turns, and looks what came in between.
  public static void giveWay() {
    if (current() == null) {
      LockSupport.parkNanos(1);
    } else {
      Thread.yield();
    }
  }

  /**
   * Starts an ordinary virtual thread, whatever the calling thread is: for work that takes long.
   */
  public static void startAside(String name, Runnable task) {
    if (current() == null) {
      Thread.ofVirtual().name(name).start(task);
    } else {
      JdkScheduling.threadsOn(JdkScheduling.usualScheduler()).name(name).start(task);
    }
  }

  private static <T extends @Nullable Object> void complete(
      CompletableFuture<T> result, Supplier<T> task) {
    try {
      result.complete(task.get());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  SelectionKey register(SocketChannel channel, LoopSocket socket) throws IOException {
    return channel.register(selector, SelectionKey.OP_READ, socket);
  }

  ByteBuffer buffer() {
    return buffer.clear();
  }

  /** From any thread: the loop runs this soon, and takes notice of what was closed. */
  void execute(Runnable task) {
    if (JdkScheduling.currentCarrier().equals(carrier)) {
      own.add(task);
      return;
    }
    others.add(task);
    if (ended) {
      leaveOthers();
    } else if (waits) {
      selector.wakeup();
    }
  }

  private void run() {
    while (!stopped) {
      try {
        takeTurns();
        look();
      } catch (IOException | RuntimeException | Error e) {
        LOG.log(Level.ERROR, "An event loop failed, and goes on", e);
      }
    }
    end();
  }

  private void takeTurns() {
    for (Runnable said = others.peek(); said != null; said = others.peek()) {
      own.add(said);
      others.remove();
    }
    // Those that come again wait until it was looked what else came.
    for (int turns = own.size(); turns > 0; turns--) {
      own.remove().run();
    }
  }

  /** Waits for something to come, unless a thread can go on. */
  private void look() throws IOException {
    if (!own.isEmpty()) {
      selector.selectNow(EventLoop::ready);
      return;
    }
    waits = true;
    // Whoever has said something before that did not wake the selector.
    if (others.isEmpty() && !stopped) {
      selector.select(EventLoop::ready);
    } else {
      selector.selectNow(EventLoop::ready);
    }
    waits = false;
  }

  private static void ready(SelectionKey key) {
    ((LoopSocket) key.attachment()).ready(key);
  }

  /** What is left over goes on elsewhere, and finds its sockets closed. */
  private void end() {
    try {
      for (SelectionKey key : selector.keys()) {
        ((LoopSocket) key.attachment()).close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ended = true;
      own.forEach(JdkScheduling.usualScheduler()::execute);
      leaveOthers();
    }
  }

  private void leaveOthers() {
    for (Runnable next = others.poll(); next != null; next = others.poll()) {
      JdkScheduling.usualScheduler().execute(next);
    }
  }

  void stop() {
    stopped = true;
    selector.wakeup();
  }
}
