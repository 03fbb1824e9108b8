package dev.kinto.gateway.grid;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javax.cache.configuration.Factory;
import javax.net.ssl.SSLContext;
import org.apache.ignite.IgniteException;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.query.ScanQuery;
import org.apache.ignite.client.ClientCache;
import org.apache.ignite.client.ClientConnectionException;
import org.apache.ignite.client.ClientException;
import org.apache.ignite.client.ClientRetryNonePolicy;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.client.SslMode;
import org.apache.ignite.configuration.ClientConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A data node at one address, and the connection to it, which is made anew whenever it was lost.
 * Whether the node still answers is found out by asking it again and again: one that was cut off
 * says nothing. Safe for use by any number of threads.
 */
final class DataNodeConnection implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DataNodeConnection.class.getName());

  /** An answer that comes later may be of a node that the others went on without, see Lease. */
  static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final InetSocketAddress address;
  private final String grid;
  private final Optional<Factory<SSLContext>> tls;
  private final Thread thread;
  private volatile @Nullable Connection connection;
  private volatile boolean closed;
  private boolean reported;

  /** What is there while the node is connected. */
  private record Connection(IgniteClient client, ClientCache<UUID, byte[]> entries) {}

  private DataNodeConnection(InetSocketAddress address, GridSettings.Client settings) {
    this.address = address;
    this.grid = settings.name();
    this.tls = settings.tls().map(GridSslContext::factory);
    this.thread = Thread.ofVirtual().name("kinto-data-node-" + address).unstarted(this::live);
  }

  /** Begins to connect. */
  static DataNodeConnection at(InetSocketAddress address, GridSettings.Client settings) {
    DataNodeConnection node = new DataNodeConnection(address, settings);
    node.thread.start();
    return node;
  }

  /** Where it is, for people. */
  String place() {
    return new Member(address.getAddress().getHostAddress(), address.getPort()).toString();
  }

  boolean isConnected() {
    return connection != null;
  }

  /**
   * Asks the node that keeps an entry, by this one.
   *
   * @param longestTimeLeft the entry is swept up after this time at last, if it is written
   * @throws ClientException if there was no answer, or a failure; what was to be done may be done
   */
  Reply ask(UUID key, byte[] question, Duration longestTimeLeft) {
    Connection now = connection;
    if (now == null) {
      throw new ClientException("The data node is not connected.");
    }
    try {
      return Reply.read(
          now.entries()
              .<UUID, byte[]>withExpirePolicy(Node.sweepAfter(longestTimeLeft))
              .invoke(key, new OperationProcessor(question)));
    } catch (ClientConnectionException e) {
      lost(now, e);
      throw e;
    } catch (IgniteException | IllegalStateException e) {
      // When the connection is lost while the client tells of the class of the processor, or a
      // node stops before its answer has come.
      throw new ClientException("The data node could not be asked.", e);
    }
  }

  /**
   * Removes all entries of the grid whose bytes are such, which all come here to be looked at.
   *
   * @throws ClientException if that did not come to its end
   */
  void removeIf(Predicate<byte[]> such) {
    Connection now = connection;
    if (now == null) {
      throw new ClientException("The data node is not connected.");
    }
    Node.removeIf(
        such,
        now.entries().query(new ScanQuery<UUID, byte[]>()),
        key -> ask(key, Question.remove(), Node.REMOVED).outcome());
  }

  private void live() {
    try {
      while (!closed) {
        Connection now = connection;
        if (now == null) {
          connect();
        } else {
          look(now);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connect() {
    try {
      IgniteClient client = Ignition.startClient(settings());
      if (!belongsToGrid(client)) {
        client.close();
        return;
      }
      connection = new Connection(client, client.cache(NodeSettings.CACHE));
      reported = false;
      LOG.log(Level.INFO, "The data node at {0} is connected", address);
      if (closed) {
        disconnect();
      }
    } catch (ClientException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "The data node at " + address + " cannot be connected", e);
    }
  }

  private ClientConfiguration settings() {
    int millis = (int) LONGEST_ANSWER.toMillis();
    return new ClientConfiguration()
        .setAddresses(address.getAddress().getHostAddress() + ":" + address.getPort())
        .setHandshakeTimeout(millis)
        .setRequestTimeout(millis)
        .setSslMode(tls.isPresent() ? SslMode.REQUIRED : SslMode.DISABLED)
        .setSslContextFactory(tls.orElse(null))
        // Each node has a connection of its own, so that we choose.
        .setClusterDiscoveryEnabled(false)
        .setPartitionAwarenessEnabled(false)
        .setRetryPolicy(new ClientRetryNonePolicy())
        .setLogger(new GridLog());
  }

  private boolean belongsToGrid(IgniteClient client) {
    Object name =
        client.cluster().nodes().stream()
            .map(node -> node.attribute(MemberAttributes.NAME))
            .findFirst()
            .orElse(null);
    if (!Objects.equals(name, grid) && !reported) {
      reported = true;
      LOG.log(
          Level.WARNING,
          "The data node at {0} is not used: its grid.name is {1}, but {2} here. Set them to the"
              + " same value, or name other grid.members",
          address,
          name,
          grid);
    }
    return Objects.equals(name, grid);
  }

  /** It answers this by itself, whatever becomes of the grid. */
  private void look(Connection now) {
    try {
      now.client().cacheNames();
    } catch (ClientException e) {
      lost(now, e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // another connection may have been made meanwhile
  private synchronized void lost(Connection lost, ClientException reason) {
    if (connection == lost) {
      if (!closed) {
        LOG.log(Level.WARNING, "The data node at {0} does not answer any more", address);
        LOG.log(Level.DEBUG, "Why the data node at " + address + " is lost", reason);
      }
      disconnect();
    }
  }

  /** Whoever still waits for an answer need not wait any longer. */
  private void disconnect() {
    Connection last = connection;
    connection = null;
    if (last != null) {
      Thread.startVirtualThread(last.client()::close);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    disconnect();
    thread.interrupt();
  }
}
