package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.GridSettings.Client;
import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/** What a read and a write cost by the thin client: see thin-client.sh. */
final class ThinClient {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final byte[] VALUE = new byte[120];
  private static final int ROUNDS = 5_000;
  private static final EntryOperations STORE =
      new EntryOperations() {
        @Override
        public byte[] run(byte[] operation, GridEntry entry) {
          entry.store(operation);
          return new byte[1];
        }

        @Override
        public long endsAt(byte[] stored) {
          return Long.MAX_VALUE;
        }
      };

  public static void main(String... arguments) throws Exception {
    List<Integer> ports = Stream.of(arguments[1].split(",")).map(Integer::valueOf).toList();
    if (arguments[0].equals("client")) {
      client(ports);
    } else {
      node(ports, Integer.parseInt(arguments[0]));
      Thread.currentThread().join();
    }
    System.exit(0);
  }

  private static List<Member> members(List<Integer> ports) {
    return ports.stream().map(port -> new Member("127.0.0.1", port)).toList();
  }

  private static void node(List<Integer> ports, int node) throws Exception {
    Grid.start(
        new Cluster(
            Storage.ofMemory(64 << 20),
            "bench",
            new NodeAddress(
                "127.0.0.1",
                ports.get(node),
                ports.get(3 + node),
                OptionalInt.of(ports.get(6 + node))),
            members(ports.subList(0, 3)),
            3,
            Optional.empty(),
            1,
            Optional.empty()),
        Files.createTempDirectory("kinto-bench"),
        STORE);
  }

  private static void client(List<Integer> ports) throws Exception {
    Grid thin =
        Grid.start(
            new Client("bench", members(ports.subList(6, 9)), Optional.empty()),
            Files.createTempDirectory("kinto-bench"),
            STORE);
    while (!thin.isAvailable()) {
      Thread.sleep(50);
    }
    List<UUID> keys = Stream.generate(UUID::randomUUID).limit(ROUNDS).toList();
    for (int warm = 0; warm < 3; warm++) {
      measure("write", warm == 2, keys, key -> thin.run(key, VALUE, LIFE));
      measure("read", warm == 2, keys, thin::get);
    }
  }

  private interface Step {
    Object on(UUID key);
  }

  private static void measure(String what, boolean tell, List<UUID> keys, Step step) {
    List<Long> nanos = new ArrayList<>();
    for (UUID key : keys) {
      long began = System.nanoTime();
      step.on(key);
      nanos.add(System.nanoTime() - began);
    }
    if (tell) {
      long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
      System.out.printf(
          "%-14s median %4d us, quarter %4d us, 99 %% %6d us%n",
          what,
          sorted[sorted.length / 2] / 1000,
          sorted[sorted.length / 4] / 1000,
          sorted[sorted.length * 99 / 100] / 1000);
    }
  }
}
