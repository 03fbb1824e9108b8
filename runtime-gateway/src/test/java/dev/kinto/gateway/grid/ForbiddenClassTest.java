package dev.kinto.gateway.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.CacheException;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.Ignition;
import org.apache.ignite.binary.BinaryReader;
import org.apache.ignite.binary.BinaryWriter;
import org.apache.ignite.binary.Binarylizable;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.cache.query.ScanQuery;
import org.apache.ignite.client.ClientCache;
import org.apache.ignite.client.ClientException;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.cluster.ClusterGroup;
import org.apache.ignite.configuration.ClientConfiguration;
import org.apache.ignite.configuration.ClientConnectorConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.lang.IgniteBiPredicate;
import org.apache.ignite.lang.IgniteRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A member that has gone bad, and a client of the grid, send objects of classes that are there but
 * not on the list: nobody reads them (contract C38).
 */
@Timeout(180)
@Isolated("it takes from the process, for a moment, what other nodes read when they start")
class ForbiddenClassTest {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final UUID KEY = new UUID(7, 7);

  /** Where an object was read, or run: the names of threads, which name their node. */
  private static final Queue<String> READ = new ConcurrentLinkedQueue<>();

  private static void read() {
    READ.add(Thread.currentThread().getName());
  }

  /** Read as Java's own serialisation does it, and Ignite's likewise. */
  static final class ForSerialisation
      implements Serializable,
          IgniteRunnable,
          IgniteBiPredicate<Object, Object>,
          CacheEntryProcessor<UUID, byte[], byte[]> {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      read();
      in.defaultReadObject();
    }

    @Override
    public void run() {
      read();
    }

    @Override
    public boolean apply(Object key, Object value) {
      read();
      return true;
    }

    @Override
    public byte[] process(MutableEntry<UUID, byte[]> entry, Object... none) {
      read();
      return new byte[0];
    }
  }

  /** Read by Ignite's binary format, which needs neither a method nor a constructor. */
  static final class ForFields implements CacheEntryProcessor<UUID, byte[], byte[]> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Ignite's format does not ask for Serializable
    private @Nullable Object inner = new ForBinary();

    @Override
    public byte[] process(MutableEntry<UUID, byte[]> entry, Object... none) {
      read();
      inner = null;
      return new byte[0];
    }
  }

  static final class ForBinary implements Binarylizable {
    @Override
    public void writeBinary(BinaryWriter writer) {
      writer.writeInt("x", 1);
    }

    @Override
    public void readBinary(BinaryReader reader) {
      read();
    }
  }

  public static final class ForExternalisation implements Externalizable {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeExternal(ObjectOutput out) {
      // There is nothing in it.
    }

    @Override
    public void readExternal(ObjectInput in) {
      read();
    }
  }

  @TempDir private Path folder;
  private final List<Integer> ports = FreePorts.of(5);
  @AutoClose private Node good;
  @AutoClose private Node bad;

  @BeforeEach
  void start() throws UnknownHostException {
    READ.clear();
    NodeSettings.prepareJvm();
    good =
        start(
            NodeSettings.member(folder.resolve("good"), settings(0), List.of(), Optional.empty())
                .setClientConnectorConfiguration(
                    new ClientConnectorConfiguration()
                        .setHost("127.0.0.1")
                        .setPort(ports.get(4))
                        .setPortRange(0)));
    // It reads anything, and so it can send anything. Its class loader is no other node's: what
    // Ignite has loaded by one, it takes for all nodes of the process that have the same.
    System.clearProperty("IGNITE_MARSHALLER_WHITELIST");
    System.clearProperty("IGNITE_MARSHALLER_BLACKLIST");
    bad =
        start(
            NodeSettings.member(folder.resolve("bad"), settings(1), List.of(), Optional.empty())
                .setClassLoader(new ClassLoader(ForbiddenClassTest.class.getClassLoader()) {}));
    NodeSettings.prepareJvm();
    good.run(KEY, bytes("kept"), LIFE);
  }

  private Node start(IgniteConfiguration configuration) {
    return Node.start(
        configuration,
        NodeSettings.entries(settings(1)),
        Storage.ofMemory(32 << 20),
        Storing.FOR_NOBODY,
        Authority.ofOne(),
        Optional.empty());
  }

  private Cluster settings(int node) {
    return new Cluster(
        Storage.ofMemory(32 << 20),
        "trial",
        new NodeAddress("127.0.0.1", ports.get(node), ports.get(2 + node), OptionalInt.empty()),
        List.of(new Member("127.0.0.1", ports.get(0)), new Member("127.0.0.1", ports.get(1))),
        2,
        Optional.of(new Member("127.0.0.1", ports.get(0))),
        1,
        Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Ignite node(int number) {
    String id = "127.0.0.1:" + ports.get(number);
    return Ignition.allGrids().stream()
        .filter(each -> id.equals(each.configuration().getConsistentId()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * A key whose entry lives on the good node, and stays there: the bad one has its share already.
   */
  private UUID keyOfTheGoodNode() {
    Ignite ignite = node(1);
    Affinity<UUID> affinity = ignite.affinity(NodeSettings.CACHE);
    while (affinity.primaryPartitions(ignite.cluster().localNode()).length == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    while (true) {
      UUID key = UUID.randomUUID();
      if (!affinity.mapKeyToNode(key).isLocal()) {
        return key;
      }
    }
  }

  private void assertNothingWasRead() {
    UUID key = keyOfTheGoodNode();
    bad.run(key, bytes("still there"), LIFE);
    assertArrayEquals(bytes("still there"), good.get(key).orElseThrow());
    assertArrayEquals(bytes("kept"), good.get(KEY).orElseThrow());
    assertEquals(List.of(), READ.stream().filter(each -> each.contains(node(0).name())).toList());
  }

  /** So that the tests below mean something: whoever has no list reads what is sent to him. */
  @Test
  void withoutTheListItWouldBeRead() {
    Ignite to = node(0);
    assertDoesNotThrow(() -> to.compute(to.cluster().forRemotes()).run(new ForSerialisation()));
    assertTrue(READ.stream().anyMatch(each -> each.contains(node(1).name())), READ::toString);
  }

  @Test
  void noMembersJobIsRun() {
    Ignite from = node(1);
    ClusterGroup others = from.cluster().forRemotes();
    assertThrows(IgniteException.class, () -> from.compute(others).run(new ForSerialisation()));
    assertNothingWasRead();
  }

  @Test
  void noMembersMessageIsRead() {
    CountDownLatch heard = new CountDownLatch(1);
    node(0)
        .message()
        .localListen(
            "topic",
            (_, message) -> {
              heard.countDown();
              return !message.equals("end");
            });
    Ignite from = node(1);
    for (Object each : List.of(new ForSerialisation(), new ForBinary(), new ForExternalisation())) {
      from.message(from.cluster().forRemotes()).send("topic", each);
      from.message(from.cluster().forRemotes()).send("topic", List.of(each));
      from.message(from.cluster().forRemotes()).send("topic", new Object[] {each, each});
    }
    from.message(from.cluster().forRemotes()).send("topic", "end");
    assertDoesNotThrow(() -> assertTrue(heard.await(30, TimeUnit.SECONDS)));
    assertNothingWasRead();
  }

  @Test
  void noMembersProcessorOrFilterIsRun() {
    IgniteCache<UUID, byte[]> cache = node(1).cache(NodeSettings.CACHE);
    UUID key = keyOfTheGoodNode();
    assertThrows(CacheException.class, () -> cache.invoke(key, new ForSerialisation()));
    assertThrows(CacheException.class, () -> cache.invoke(key, new ForFields()));
    assertThrows(CacheException.class, () -> cache.query(remote()).getAll());
    assertNothingWasRead();
  }

  private static ScanQuery<UUID, byte[]> remote() {
    @SuppressWarnings({"unchecked", "rawtypes"}) // a filter of anything
    IgniteBiPredicate<UUID, byte[]> filter = (IgniteBiPredicate) new ForSerialisation();
    return new ScanQuery<>(filter);
  }

  @Test
  void noClientsProcessorOrFilterIsRun() {
    try (IgniteClient client = client()) {
      ClientCache<UUID, byte[]> cache = client.cache(NodeSettings.CACHE);
      UUID key = keyOfTheGoodNode();
      assertThrows(ClientException.class, () -> cache.invoke(key, new ForSerialisation()));
      assertThrows(ClientException.class, () -> cache.invoke(key, new ForFields()));
      assertThrows(ClientException.class, () -> cache.query(remote()).getAll());
    }
    assertNothingWasRead();
  }

  private IgniteClient client() {
    return Ignition.startClient(
        new ClientConfiguration().setAddresses("127.0.0.1:" + ports.get(4)));
  }
}
