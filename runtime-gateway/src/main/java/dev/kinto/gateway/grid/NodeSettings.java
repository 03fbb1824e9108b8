package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.Embedded;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.ClientConnectorConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.events.EventType;
import org.apache.ignite.failure.StopNodeFailureHandler;
import org.apache.ignite.plugin.segmentation.SegmentationPolicy;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.isolated.IsolatedDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.jspecify.annotations.Nullable;

/**
 * How Ignite runs inside a gateway: closed and small (contract C37, C38).
 *
 * <p>Left to its defaults a node binds all interfaces, looks for others by multicast, opens ports
 * for thin clients and REST, starts some eighty threads and halts the JVM when it is in trouble.
 */
final class NodeSettings {
  private static final String LOOPBACK = "127.0.0.1";

  /** The memory that entries are in. */
  static final String REGION = "sessions";

  /** The cache that entries are in. */
  static final String CACHE = "sessions";

  /** A node is gone. */
  static final int[] LOSSES = {EventType.EVT_NODE_FAILED, EventType.EVT_NODE_LEFT};

  /**
   * How long nobody may hear of a node before the others go on without it: it may be silent for two
   * seconds, as long as a virtual machine is that is moved. Longer than a {@link Lease}.
   */
  private static final Duration FAILURE_DETECTION = Duration.ofSeconds(3);

  private NodeSettings() {}

  /** Sets what Ignite reads from the JVM before its first class is loaded. Idempotent. */
  static synchronized void prepareJvm() {
    AllowedClasses.prepareJvm();
    // The gateway stops the grid itself, after the last request.
    System.setProperty("IGNITE_NO_SHUTDOWN_HOOK", "true");
    // What the cache holds is in no message, also not in those of exceptions.
    System.setProperty("IGNITE_SENSITIVE_DATA_LOGGING", "none");
    System.setProperty("IGNITE_QUIET", "false");
    System.setProperty("IGNITE_NO_ASCII", "true");
    System.setProperty("IGNITE_UPDATE_NOTIFIER", "false");
    // Nobody looks at it by JMX, and its beans cost time at the start and memory.
    System.setProperty("IGNITE_MBEANS_DISABLED", "true");
    // Half a megabyte of all threads' stacks for each write that finds no room.
    System.setProperty("IGNITE_DUMP_THREADS_ON_FAILURE", "false");
    // What it remembers on the heap of entries that are gone: 49 MB after 100,000 with its default.
    System.setProperty("IGNITE_ATOMIC_CACHE_DELETE_HISTORY_SIZE", "1000");
    System.setProperty("IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true");
  }

  /** A node that is alone, and reached by nobody. */
  static IgniteConfiguration alone(Path workDirectory, Embedded settings) {
    return common(workDirectory, settings.storage())
        .setConsistentId("gateway")
        .setLocalHost(LOOPBACK)
        .setDiscoverySpi(new IsolatedDiscoverySpi())
        .setCommunicationSpi(
            new TcpCommunicationSpi().setLocalAddress(LOOPBACK).setSelectorsCount(1))
        .setFailureHandler(NodeStorage.failureHandler(settings.storage()));
  }

  /** A node that finds others at the addresses of the members. */
  static IgniteConfiguration member(
      Path workDirectory, Cluster settings, List<String> credentials, Optional<NodeDisk> disk)
      throws UnknownHostException {
    NodeAddress address = settings.address();
    Member here = new Member(address.host(), address.discoveryPort());
    // Its disk is not Ignite's: see NodeDisk.
    return common(workDirectory, Storage.ofMemory(settings.storage().memory()))
        .setSslContextFactory(settings.tls().map(GridSslContext::factory).orElse(null))
        .setConsistentId(here.toString())
        .setLocalHost(address.host())
        .setIncludeEventTypes(LOSSES)
        .setUserAttributes(MemberAttributes.of(settings, credentials, disk))
        .setFailureDetectionTimeout(FAILURE_DETECTION.toMillis())
        .setDiscoverySpi(
            new TcpDiscoverySpi()
                .setLocalAddress(address.host())
                .setLocalPort(address.discoveryPort())
                .setLocalPortRange(0)
                .setIpFinder(new MemberAddresses(settings.members(), here)))
        .setCommunicationSpi(
            new TcpCommunicationSpi()
                .setLocalAddress(address.host())
                .setLocalPort(address.dataPort())
                .setLocalPortRange(0))
        .setClientConnectorConfiguration(clientPort(settings))
        // A node in trouble leaves the grid; another one is started then, see Membership.
        .setSegmentationPolicy(SegmentationPolicy.STOP)
        .setFailureHandler(new StopNodeFailureHandler());
  }

  /** For gateways that hold no data; for them alone, not for SQL. */
  private static @Nullable ClientConnectorConfiguration clientPort(Cluster settings) {
    NodeAddress address = settings.address();
    if (address.clientPort().isEmpty()) {
      return null;
    }
    boolean tls = settings.tls().isPresent();
    return new ClientConnectorConfiguration()
        .setHost(address.host())
        .setPort(address.clientPort().getAsInt())
        .setPortRange(0)
        .setJdbcEnabled(false)
        .setOdbcEnabled(false)
        .setSslEnabled(tls)
        .setSslClientAuth(tls)
        .setUseIgniteSslContextFactory(true)
        .setThreadPoolSize(threads());
  }

  private static int threads() {
    return Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
  }

  private static IgniteConfiguration common(Path workDirectory, Storage storage) {
    int threads = threads();
    return new IgniteConfiguration()
        // A name of its own, so that several gateways, as tests have them, live in one JVM.
        .setIgniteInstanceName("kinto-" + UUID.randomUUID())
        .setWorkDirectory(storage.persistence().orElse(workDirectory).toAbsolutePath().toString())
        .setGridLogger(new GridLog())
        .setMetricsLogFrequency(0)
        .setConnectorConfiguration(null)
        .setClientConnectorConfiguration(null)
        .setPeerClassLoadingEnabled(false)
        .setClassLoader(new AllowedClasses())
        .setPublicThreadPoolSize(threads)
        .setSystemThreadPoolSize(threads)
        .setStripedPoolSize(threads)
        .setDataStreamerThreadPoolSize(1)
        .setManagementThreadPoolSize(1)
        .setServiceThreadPoolSize(1)
        .setQueryThreadPoolSize(1)
        .setRebalanceThreadPoolSize(1)
        .setAsyncCallbackPoolSize(threads)
        .setDataStorageConfiguration(NodeStorage.of(storage));
  }

  /** The entries of a node that is alone. */
  static CacheConfiguration<UUID, byte[]> entries() {
    return new CacheConfiguration<UUID, byte[]>(CACHE)
        .setCacheMode(CacheMode.PARTITIONED)
        .setAtomicityMode(CacheAtomicityMode.ATOMIC)
        .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
        .setPartitionLossPolicy(PartitionLossPolicy.READ_WRITE_SAFE)
        .setAffinity(new RendezvousAffinityFunction(false, 128))
        .setEagerTtl(true)
        .setStatisticsEnabled(false);
  }

  /**
   * The entries of a grid. Who reads asks the first owner: another one hears of a write a moment
   * later, and somebody who had seen it already would see it undone there.
   */
  static CacheConfiguration<UUID, byte[]> entries(Cluster settings) {
    CacheConfiguration<UUID, byte[]> entries =
        entries()
            .setBackups(settings.backups())
            .setReadFromBackup(false)
            .setTopologyValidator(new Majority(settings.size()));
    return settings.storage().persistence().isEmpty()
        ? entries
        : entries.setCacheStoreFactory(new JournalStore.Maker()).setWriteThrough(true);
  }

  /** What each node knows of how the grid began; see {@link Opening}. */
  static CacheConfiguration<String, String> notes(Majority majority) {
    return new CacheConfiguration<String, String>("notes")
        .setCacheMode(CacheMode.REPLICATED)
        .setAtomicityMode(CacheAtomicityMode.ATOMIC)
        .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
        .setAffinity(new RendezvousAffinityFunction(false, 1))
        .setReadFromBackup(false)
        .setTopologyValidator(majority)
        .setStatisticsEnabled(false);
  }
}
