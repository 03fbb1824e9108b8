package dev.kinto.gateway.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads of event loops wait for their sockets as ordinary ones do. */
@Timeout(60)
class LoopSocketTest {
  private final List<AutoCloseable> opened = Collections.synchronizedList(new ArrayList<>());
  @AutoClose private EventLoops loops;
  @AutoClose private ServerSocketChannel server;

  @BeforeEach
  void listen() throws IOException {
    loops = EventLoops.start().orElseThrow();
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  void aReadWaitsForWhatComes() throws Exception {
    Pair pair = connect();
    FutureTask<byte[]> read = pair.start(() -> pair.near().read());
    pair.far().getOutputStream().write(new byte[] {1, 2, 3});

    assertArrayEquals(new byte[] {1, 2, 3}, read.get());
    FutureTask<byte[]> atTheEnd = pair.start(() -> pair.near().read());
    pair.far().shutdownOutput();
    assertNull(atTheEnd.get());
  }

  /** More than all buffers hold, both ways at once, in pieces of any size. */
  @Test
  void largeBodiesPassBothWays() throws Exception {
    byte[] body = new byte[8 << 20];
    new Random(1).nextBytes(body);
    Pair pair = connect();
    FutureTask<Void> echo =
        pair.start(
            () -> {
              byte[] buffer = new byte[10_000];
              for (int n = pair.near().read(buffer, 0, buffer.length);
                  n >= 0;
                  n = pair.near().read(buffer, 0, buffer.length)) {
                pair.near().write(buffer, 0, n);
              }
              pair.near().shutdownOutput();
              return null;
            });
    CompletableFuture<byte[]> received =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return pair.far().getInputStream().readAllBytes();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            task -> Thread.ofPlatform().daemon().start(task));
    pair.far().getOutputStream().write(body);
    pair.far().shutdownOutput();

    assertArrayEquals(body, received.get());
    echo.get();
  }

  @Test
  void aReadWithALimitEndsAndTheSocketGoesOn() throws Exception {
    Pair pair = connect();
    FutureTask<byte[]> read =
        pair.start(
            () -> {
              pair.near().readTimeout(Duration.ofMillis(20));
              assertThrows(SocketTimeoutException.class, () -> pair.near().read());
              pair.near().readTimeout(Duration.ZERO);
              pair.far().getOutputStream().write(7);
              return pair.near().read();
            });

    assertArrayEquals(new byte[] {7}, read.get());
  }

  @Test
  void anyThreadEndsTheWaitsOfOthers() throws Exception {
    for (Ending ending :
        List.<Ending>of(LoopSocket::close, LoopSocket::reset, (socket) -> loops.close())) {
      Pair pair = connect();
      CountDownLatch reads = new CountDownLatch(1);
      FutureTask<byte[]> read =
          pair.start(
              () -> {
                reads.countDown();
                return pair.near().read();
              });
      FutureTask<Void> write = pair.start(() -> writeForEver(pair.near()));
      reads.await();
      ending.end(pair.near());

      assertInstanceOf(ClosedChannelException.class, failure(read));
      assertInstanceOf(IOException.class, failure(write));
    }
  }

  @Test
  void anInterruptClosesAsItDoesForOrdinaryThreads() throws Exception {
    Pair pair = connect();
    FutureTask<byte[]> read = new FutureTask<>(() -> pair.near().read());
    Thread reader = pair.loop().thread("reader", read);
    reader.start();
    reader.interrupt();

    assertInstanceOf(ClosedByInterruptException.class, failure(read));
    assertEquals(-1, pair.far().getInputStream().read());
  }

  /** What was shut down below a waiting thread is an end, as the limits of connections need it. */
  @Test
  void aShutDownInputIsAnEnd() throws Exception {
    Pair pair = connect();
    FutureTask<byte[]> read = pair.start(() -> pair.near().read());
    pair.channel().shutdownInput();

    assertNull(read.get());
  }

  @Test
  void whatComesUnexpectedIsToldOnceAndStillRead() throws Exception {
    Pair pair = connect();
    CompletableFuture<Void> told = new CompletableFuture<>();
    pair.start(
            () -> {
              pair.near().whenUnexpected(() -> told.complete(null));
              assertTrue(pair.near().silent());
              return null;
            })
        .get();
    pair.far().getOutputStream().write(9);
    told.get();

    assertArrayEquals(new byte[] {9}, pair.start(() -> pair.near().read()).get());
    pair.far().getOutputStream().write(9);
    FutureTask<Boolean> silent =
        pair.start(
            () -> {
              while (pair.near().silent()) {
                Thread.yield();
              }
              return false;
            });
    assertFalse(silent.get());
  }

  @Test
  void whatBlocksRunsAside() throws Exception {
    Pair pair = connect();
    FutureTask<String> aside =
        pair.start(
            () -> {
              assertEquals(pair.loop(), EventLoop.current());
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      EventLoop.<Void>aside(
                          () -> {
                            throw new IllegalStateException("as it is");
                          }));
              return EventLoop.aside(() -> String.valueOf(EventLoop.current()));
            });

    assertEquals("null", aside.get());
    assertNull(EventLoop.current());
  }

  /** A thread that never waits gives the others of its loop their turn when it yields. */
  @Test
  void aBusyThreadThatYieldsKeepsNobodyOut() throws Exception {
    Pair pair = connect();
    CountDownLatch done = new CountDownLatch(1);
    FutureTask<Void> busy =
        pair.start(
            () -> {
              while (done.getCount() > 0) {
                Thread.yield();
              }
              return null;
            });
    FutureTask<byte[]> read = pair.start(() -> pair.near().read());
    pair.far().getOutputStream().write(5);

    assertArrayEquals(new byte[] {5}, read.get());
    done.countDown();
    busy.get();
  }

  @Test
  void connectionsAreSpreadOverTheLoops() throws Exception {
    Set<EventLoop> used = ConcurrentHashMap.newKeySet();
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(Runtime.getRuntime().availableProcessors());
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(
          loops.serving(
              "connection",
              () -> {
                used.add(Objects.requireNonNull(EventLoop.current()));
                all.countDown();
                try {
                  end.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    threads.forEach(Thread::start);
    assertTrue(all.await(30, TimeUnit.SECONDS));
    end.countDown();

    assertEquals(Runtime.getRuntime().availableProcessors(), used.size());
  }

  private static Void writeForEver(LoopSocket socket) throws IOException {
    byte[] piece = new byte[1 << 16];
    while (true) {
      socket.write(piece, 0, piece.length);
    }
  }

  private static Throwable failure(FutureTask<?> task) {
    return Objects.requireNonNull(
        assertThrows(ExecutionException.class, task::get).getCause(), "no cause");
  }

  private interface Ending {
    void end(LoopSocket socket);
  }

  /** Two ends of a connection, of which the near one belongs to a loop. */
  private record Pair(LoopSocket near, SocketChannel channel, EventLoop loop, Socket far) {
    <T> FutureTask<T> start(Callable<T> work) {
      FutureTask<T> task = new FutureTask<>(work);
      loop.thread("test", task).start();
      return task;
    }
  }

  private Pair connect() throws Exception {
    Socket far = new Socket(InetAddress.getLoopbackAddress(), server.socket().getLocalPort());
    opened.add(far);
    far.setTcpNoDelay(true);
    SocketChannel channel = server.accept();
    FutureTask<Pair> made =
        new FutureTask<>(
            () -> {
              EventLoop loop = Objects.requireNonNull(EventLoop.current());
              return new Pair(loop.socket(channel), channel, loop, far);
            });
    Thread thread = loops.serving("test", made);
    thread.start();
    Pair pair = made.get();
    opened.add(pair.near()::close);
    return pair;
  }
}
