package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import dev.kinto.gateway.grid.Member;
import dev.kinto.gateway.session.SessionChange.Assignment;
import dev.kinto.manifest.FieldName;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ignite.DataRegionMetrics;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;

/**
 * What many sessions take, and what it costs to begin one, to sweep all up and to end all: see
 * sessions.sh.
 */
final class ManySessions {
  private static final TokenKeys KEYS =
      TokenKeys.of(new LinkedHashMap<>(Map.of("k1", "0123456789abcdef0123456789abcdef")));
  private static final SessionRules RULES =
      new SessionRules(
          Duration.ofSeconds(30),
          SessionLimits.DEFAULT,
          client ->
              client.equals("capped")
                  ? new SessionBudget(1_000, OptionalInt.empty(), OptionalLong.empty())
                  : new SessionBudget(
                      Integer.MAX_VALUE, OptionalInt.empty(), OptionalLong.empty()));
  private static final SessionChange TWO_FIELDS =
      new SessionChange(List.of(field("auth-userId", 'u'), field("auth-plan", 'p')), false);
  private static final int STAYING = 1_000;

  /** Between two reads beside the end of others: about 5,000 a second. */
  private static final Duration PAUSE = Duration.ofNanos(150_000);

  private ManySessions() {}

  public static void main(String... arguments) throws Exception {
    switch (arguments[0]) {
      case "begin-alone" -> beginAlone();
      case "begin-in-three" -> beginInThree(arguments[1]);
      case "end" -> end(Integer.parseInt(arguments[1]));
      default -> many(Integer.parseInt(arguments[1]), Duration.parse(arguments[2]));
    }
    System.exit(0);
  }

  private static Assignment field(String name, char letter) {
    return new Assignment(new FieldName(name), Optional.of(String.valueOf(letter).repeat(20)));
  }

  private static Sessions sessions(SessionGrid grid) {
    return new Sessions(grid, KEYS, InstantSource.system(), RULES, (_, _) -> true);
  }

  private static SessionGrid start(GridSettings settings) throws Exception {
    return SessionGrid.start(settings, Files.createTempDirectory("kinto-bench"), KEYS, Set.of());
  }

  private static void beginAlone() throws Exception {
    try (SessionGrid grid = start(new GridSettings.Embedded(Storage.ofMemory(1L << 30)))) {
      begin("alone", List.of(sessions(grid)));
    }
  }

  private static void beginInThree(String portList) throws Exception {
    List<Integer> ports = Stream.of(portList.split(",")).map(Integer::valueOf).toList();
    List<Member> members =
        ports.subList(0, 3).stream().map(port -> new Member("127.0.0.1", port)).toList();
    List<SessionGrid> grids = new ArrayList<>();
    for (int node = 0; node < 3; node++) {
      NodeAddress address =
          new NodeAddress("127.0.0.1", ports.get(node), ports.get(3 + node), OptionalInt.empty());
      grids.add(
          start(
              new Cluster(
                  Storage.ofMemory(512L << 20),
                  "bench",
                  address,
                  members,
                  3,
                  Optional.empty(),
                  1,
                  Optional.empty())));
    }
    for (SessionGrid each : grids) {
      while (!each.isAvailable()) {
        Thread.sleep(50);
      }
    }
    begin("in three", grids.stream().map(ManySessions::sessions).toList());
  }

  private static void begin(String where, List<Sessions> gateways) throws Exception {
    for (int round = 0; round < 4; round++) {
      boolean warm = round == 3;
      begin(where + ", far below its cap", gateways, "other", 20_000, warm);
      begin(where + ", at its cap", gateways, "capped", 4_000, warm);
    }
  }

  /** Eight callers, each at one gateway after the other. */
  private static void begin(
      String what, List<Sessions> gateways, String client, int count, boolean tell)
      throws Exception {
    long before = processorTime();
    CountDownLatch done = new CountDownLatch(8);
    for (int caller = 0; caller < 8; caller++) {
      int first = caller;
      Thread.startVirtualThread(
          () -> {
            for (int i = 0; i < count / 8; i++) {
              gateways
                  .get((first + i) % gateways.size())
                  .issue(client, "demo", SessionLifetime.DEFAULT);
            }
            done.countDown();
          });
    }
    done.await();
    if (tell) {
      System.out.printf(
          "%-32s %4d us of processor time%n", what, (processorTime() - before) / count / 1000);
    }
  }

  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** All end at the same moment, but for a thousand that are read meanwhile. */
  private static void many(int count, Duration after) throws Exception {
    Instant end = Instant.now().plus(after);
    try (SessionGrid grid = start(new GridSettings.Embedded(Storage.ofMemory(1L << 30)))) {
      Sessions sessions = sessions(grid);
      List<String> staying =
          IntStream.range(0, STAYING)
              .mapToObj(_ -> filled(sessions, SessionLifetime.DEFAULT))
              .toList();
      long pages = memory().getTotalUsedPages();
      IntStream.range(0, count)
          .parallel()
          .forEach(
              _ -> {
                Duration left = Duration.between(Instant.now(), end);
                if (left.isNegative()) {
                  throw new IllegalStateException("Not all had begun when they were to end.");
                }
                filled(sessions, new SessionLifetime(left, left, left, left));
              });
      long taken = (memory().getTotalUsedPages() - pages) * memory().getPageSize();
      System.out.printf("%d sessions take %d bytes each%n", entries(), taken / count);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          "heap in use: %d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
      List<Long> calm = new ArrayList<>();
      while (entries() > count && calm.size() < 2_000_000) {
        read(sessions, staying, calm);
      }
      tell("before", calm);
      while (entries() == count + STAYING) {
        Thread.sleep(1);
      }
      long began = System.nanoTime();
      List<Long> swept = new ArrayList<>();
      while (entries() > STAYING) {
        read(sessions, staying, swept);
      }
      System.out.printf("all swept up after %.1f s%n", (System.nanoTime() - began) / 1e9);
      tell("during the sweep", swept);
    }
  }

  /** An operator ends all of a client's, as DELETE /api/sessions?client= does. */
  private static void end(int count) throws Exception {
    try (SessionGrid grid = start(new GridSettings.Embedded(Storage.ofMemory(1L << 30)))) {
      Sessions sessions = sessions(grid);
      List<String> staying =
          IntStream.range(0, STAYING)
              .mapToObj(_ -> filled(sessions, SessionLifetime.DEFAULT))
              .toList();
      IntStream.range(0, count)
          .parallel()
          .forEach(
              _ ->
                  sessions.apply(
                      sessions.issue("other", "demo", SessionLifetime.DEFAULT).session(),
                      TWO_FIELDS));
      System.gc();
      List<Long> calm = new ArrayList<>();
      while (calm.size() < 100_000) {
        readSlowly(sessions, staying, calm);
      }
      tell("before", calm);
      SessionQuery all =
          new SessionQuery(
              Optional.empty(), Optional.of("other"), Optional.empty(), Optional.empty());
      AtomicLong ended = new AtomicLong();
      long began = System.nanoTime();
      long processor = processorTime();
      CompletableFuture<Void> end =
          CompletableFuture.runAsync(
              () ->
                  new StoredSessions(grid, InstantSource.system(), (_, _) -> true)
                      .endAll(all, ended));
      List<Long> meanwhile = new ArrayList<>();
      while (!end.isDone()) {
        readSlowly(sessions, staying, meanwhile);
      }
      end.get();
      System.out.printf(
          "%d ended after %.1f s, %d us of processor time each%n",
          ended.get(),
          (System.nanoTime() - began) / 1e9,
          (processorTime() - processor) / 1000 / Math.max(1, ended.get()));
      tell("while they end", meanwhile);
    }
  }

  private static void readSlowly(Sessions sessions, List<String> tokens, List<Long> nanos) {
    for (String token : tokens) {
      long began = System.nanoTime();
      sessions.find(token);
      nanos.add(System.nanoTime() - began);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static String filled(Sessions sessions, SessionLifetime lifetime) {
    Sessions.IssuedToken token = sessions.issue("demo-web", "demo", lifetime);
    sessions.apply(token.session(), TWO_FIELDS);
    return token.text();
  }

  private static void read(Sessions sessions, List<String> tokens, List<Long> nanos) {
    for (String token : tokens) {
      long began = System.nanoTime();
      sessions.find(token);
      nanos.add(System.nanoTime() - began);
    }
  }

  private static void tell(String when, List<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "a read %-17s median %3d us, 99 %% %4d us, longest %6d us (%d reads)%n",
        when,
        sorted[sorted.length / 2] / 1000,
        sorted[(int) (sorted.length * 0.99)] / 1000,
        sorted[sorted.length - 1] / 1000,
        sorted.length);
  }

  private static Ignite node() {
    return Ignition.allGrids().getFirst();
  }

  private static DataRegionMetrics memory() {
    return node().dataRegionMetrics("sessions");
  }

  private static int entries() {
    return node().cache("sessions").localSize();
  }
}
