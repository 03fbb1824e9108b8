package dev.kinto.gateway.grid;

import java.io.ObjectInputFilter;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.configuration.SystemDataRegionConfiguration;
import org.apache.ignite.failure.NoOpFailureHandler;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.isolated.IsolatedDiscoverySpi;

/**
 * How Ignite runs inside a gateway: alone, closed, and small (contract C37, C38).
 *
 * <p>Left to its defaults a node binds all interfaces, looks for others by multicast, opens ports
 * for thin clients and REST, starts some eighty threads and halts the JVM when it is in trouble.
 */
final class NodeSettings {
  private static final String LOOPBACK = "127.0.0.1";

  /** The memory that sessions are in. */
  static final String REGION = "sessions";

  private static final long MIB = 1024L * 1024;

  /** All that Ignite, Helidon and we may ever deserialise (contract C38). */
  private static final String DESERIALISATION_FILTER =
      "dev.kinto.gateway.grid.**;org.apache.ignite.**;javax.cache.**;java.**;!*";

  private NodeSettings() {}

  /**
   * Sets what Ignite reads from the JVM before its first class is loaded. Idempotent.
   *
   * <p>Ignite and Helidon both want to set the JVM's deserialisation filter, and the second one
   * fails. Ours comes before both, ends in {@code !*} as Helidon demands, and is the allow-list.
   */
  static synchronized void prepareJvm() {
    if (ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(
          ObjectInputFilter.Config.createFilter(DESERIALISATION_FILTER));
    }
    System.setProperty("IGNITE_ENABLE_OBJECT_INPUT_FILTER_AUTOCONFIGURATION", "false");
    // The gateway stops the grid itself, after the last request.
    System.setProperty("IGNITE_NO_SHUTDOWN_HOOK", "true");
    // What the cache holds is in no message, also not in those of exceptions.
    System.setProperty("IGNITE_SENSITIVE_DATA_LOGGING", "none");
    System.setProperty("IGNITE_QUIET", "false");
    System.setProperty("IGNITE_NO_ASCII", "true");
    System.setProperty("IGNITE_UPDATE_NOTIFIER", "false");
    // Half a megabyte of all threads' stacks for each write that finds no room.
    System.setProperty("IGNITE_DUMP_THREADS_ON_FAILURE", "false");
    // What it remembers on the heap of entries that are gone: 49 MB after 100,000 with its default.
    System.setProperty("IGNITE_ATOMIC_CACHE_DELETE_HISTORY_SIZE", "1000");
    System.setProperty("IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true");
  }

  /**
   * A node.
   *
   * @param workDirectory where it may keep its files
   * @param memory what sessions may take outside the heap, in bytes
   */
  static IgniteConfiguration alone(Path workDirectory, long memory) {
    int threads = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
    return new IgniteConfiguration()
        // A name of its own, so that several gateways, as tests have them, live in one JVM.
        .setIgniteInstanceName("kinto-" + UUID.randomUUID())
        // Names a folder: by default each start would make another one.
        .setConsistentId("gateway")
        .setWorkDirectory(workDirectory.toAbsolutePath().toString())
        .setGridLogger(new GridLog())
        .setMetricsLogFrequency(0)
        .setLocalHost(LOOPBACK)
        .setDiscoverySpi(new IsolatedDiscoverySpi())
        .setCommunicationSpi(new TcpCommunicationSpi().setLocalAddress(LOOPBACK))
        .setConnectorConfiguration(null)
        .setClientConnectorConfiguration(null)
        .setPeerClassLoadingEnabled(false)
        // A session store in trouble answers 503; it does not take the gateway down with it.
        .setFailureHandler(new NoOpFailureHandler())
        .setPublicThreadPoolSize(threads)
        .setSystemThreadPoolSize(threads)
        .setStripedPoolSize(threads)
        .setDataStreamerThreadPoolSize(1)
        .setManagementThreadPoolSize(1)
        .setServiceThreadPoolSize(1)
        .setQueryThreadPoolSize(1)
        .setRebalanceThreadPoolSize(1)
        .setAsyncCallbackPoolSize(threads)
        .setDataStorageConfiguration(
            new DataStorageConfiguration()
                .setSystemDataRegionConfiguration(
                    new SystemDataRegionConfiguration()
                        .setInitialSize(10 * MIB)
                        .setMaxSize(40 * MIB))
                .setDefaultDataRegionConfiguration(
                    new DataRegionConfiguration()
                        .setName(REGION)
                        .setMetricsEnabled(true) // by which Room sees how full it is
                        .setInitialSize(Math.min(32 * MIB, memory))
                        .setMaxSize(memory)));
  }

  static CacheConfiguration<UUID, byte[]> entries() {
    return new CacheConfiguration<UUID, byte[]>("sessions")
        .setCacheMode(CacheMode.PARTITIONED)
        .setBackups(1)
        .setAtomicityMode(CacheAtomicityMode.ATOMIC)
        .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
        .setPartitionLossPolicy(PartitionLossPolicy.READ_WRITE_SAFE)
        .setAffinity(new RendezvousAffinityFunction(false, 128))
        .setEagerTtl(true)
        .setStatisticsEnabled(false);
  }
}
