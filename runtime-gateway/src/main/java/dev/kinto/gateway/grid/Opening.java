package dev.kinto.gateway.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.IgniteEx;
import org.jspecify.annotations.Nullable;

/**
 * How a grid begins with what is on the disks of its nodes (contract C37). A majority of disks has
 * every write that anybody was told of, so as soon as one is there, its nodes bring all that they
 * have into the grid, of which the newest versions stay; and only then anybody is served.
 *
 * <p>The oldest node leads. What it decides stands in a cache of its own, so that another one can
 * go on, and whoever joins later knows that there is nothing to bring any more. See
 * docs/decisions/0011-journals-of-a-majority.md.
 */
final class Opening {
  private static final System.Logger LOG = System.getLogger(Opening.class.getName());

  /** The epoch that has begun, and the one that is about to. */
  private static final String BEGUN = "begun";

  private static final String NEXT = "next";

  /** Before the number of a node: the epoch for which it has brought all that it has. */
  private static final String BROUGHT = "brought ";

  private static final int AT_ONCE = 256;

  private final Node node;
  private final IgniteEx ignite;
  private final Majority majority;
  private final Authority authority;
  private final NodeDisk disk;
  private final IgniteCache<String, String> notes;
  private String lastSaid = "";

  Opening(Node node, Majority majority, Authority authority, NodeDisk disk) {
    this.node = node;
    this.ignite = (IgniteEx) node.ignite();
    this.majority = majority;
    this.authority = authority;
    this.disk = disk;
    this.notes = ignite.getOrCreateCache(NodeSettings.notes(majority));
  }

  /** Whether the disk has all that it is to have. */
  boolean isComplete() {
    return authority.hasBegun() && disk.epoch().isPresent();
  }

  /** Does what is next; call it again and again while the node is among a majority. */
  void advance() {
    try {
      if (!authority.hasBegun()) {
        begin();
      } else if (!isComplete()) {
        complete();
      }
    } catch (CacheException | IgniteException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "The grid's nodes changed meanwhile; it is tried again", e);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.ERROR, "The disk of this gateway failed (grid.persistence)", e);
      disk.fail();
    }
  }

  private void begin() throws IOException {
    Optional<GridEpoch> begun = noted(BEGUN);
    if (begun.isPresent()) {
      join(begun.get());
      return;
    }
    if (isOldest()) {
      lead();
    }
    Optional<GridEpoch> next = noted(NEXT);
    if (next.isPresent() && !noted(brought(local())).equals(next)) {
      bring(next.get());
    }
  }

  /** A grid that has begun knows everything; whoever belonged to it once still counts. */
  private void join(GridEpoch epoch) {
    disk.note(epoch, isOf(epoch, disk.epoch()));
    authority.begin(epoch.number());
  }

  private static boolean isOf(GridEpoch epoch, Optional<GridEpoch> of) {
    return of.filter(each -> each.origin().equals(epoch.origin())).isPresent();
  }

  private void lead() {
    long topology = ignite.cluster().topologyVersion();
    List<ClusterNode> nodes = List.copyOf(ignite.cluster().forServers().nodes());
    Optional<GridEpoch> next = noted(NEXT);
    if (next.isEmpty()) {
      next = decide(nodes);
      next.ifPresent(epoch -> notes.put(NEXT, epoch.toString()));
      return;
    }
    GridEpoch epoch = next.get();
    boolean allBrought =
        nodes.stream().allMatch(each -> isOf(epoch, noted(brought(each)))) && counts(epoch, nodes);
    if (allBrought && topology == ignite.cluster().topologyVersion()) {
      notes.put(BEGUN, epoch.toString());
      LOG.log(
          Level.INFO, "The grid begins, with the sessions on the disks of {0} nodes", nodes.size());
    }
  }

  /** Whether the disks of these nodes are enough to begin with. */
  private boolean counts(GridEpoch epoch, List<ClusterNode> nodes) {
    return epoch.number() == 1
        ? majority.validate(nodes)
        : majority.validate(
            nodes.stream().filter(each -> isOf(epoch, NodeDisk.epoch(each))).toList());
  }

  /** The epoch that can begin with these nodes; empty if there are not enough of them. */
  private Optional<GridEpoch> decide(List<ClusterNode> nodes) {
    List<GridEpoch> epochs = nodes.stream().map(NodeDisk::epoch).flatMap(Optional::stream).toList();
    Optional<GridEpoch> last =
        epochs.stream()
            .filter(each -> counts(each.next(), nodes))
            .max((one, other) -> Integer.compare(one.number(), other.number()));
    if (last.isPresent()) {
      return last.map(GridEpoch::next);
    }
    if (nodes.stream().noneMatch(NodeDisk::hasEntries)) {
      return majority.validate(nodes) ? Optional.of(GridEpoch.first()) : Optional.empty();
    }
    sayWhatIsMissing(nodes);
    return Optional.empty();
  }

  private void sayWhatIsMissing(List<ClusterNode> nodes) {
    Set<ClusterNode> without = new HashSet<>(nodes);
    without.removeIf(each -> NodeDisk.epoch(each).isPresent());
    String text =
        without.isEmpty()
            ? ""
            : "The grid does not begin yet: it needs the folders (grid.persistence) of a majority,"
                + " and nothing is in those of "
                + without.stream().map(MemberAttributes::place).collect(Collectors.joining(", "))
                + ". If the other folders are lost, move all away: sessions then begin anew";
    if (!text.equals(lastSaid) && !text.isEmpty()) {
      LOG.log(Level.WARNING, text);
    }
    lastSaid = text;
  }

  /** Brings what is on the disk into the grid, for this epoch. */
  private void bring(GridEpoch epoch) throws IOException {
    boolean counts = isOf(epoch, disk.epoch());
    disk.note(epoch, counts || epoch.number() == 1);
    if (counts) {
      gather();
    }
    notes.put(brought(local()), epoch.toString());
  }

  private void gather() throws IOException {
    Semaphore places = new Semaphore(AT_ONCE);
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    disk.journal()
        .forEach(
            (key, bytes) -> {
              places.acquireUninterruptibly();
              node.gather(key, bytes, Duration.ofMillis(disk.timeLeft(bytes)))
                  .listen(
                      done -> {
                        try {
                          Reply.read(done.get()).outcome();
                        } catch (RuntimeException e) {
                          failure.set(e);
                        } finally {
                          places.release();
                        }
                      });
            });
    places.acquireUninterruptibly(AT_ONCE);
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Not everything was taken.", failed);
    }
  }

  /** Copies everything that the grid has to a disk that was new. */
  private void complete() throws IOException {
    try {
      node.forEach(
          (key, bytes) -> {
            try {
              disk.journal().put(key, bytes);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Optional<GridEpoch> begun = noted(BEGUN);
    if (begun.isPresent()) {
      disk.note(begun.get(), true);
      LOG.log(Level.INFO, "The disk of this gateway has received all sessions");
    }
  }

  private boolean isOldest() {
    return local().equals(ignite.cluster().forServers().forOldest().node());
  }

  private ClusterNode local() {
    return ignite.cluster().localNode();
  }

  private static String brought(ClusterNode node) {
    return BROUGHT + node.id();
  }

  private Optional<GridEpoch> noted(String name) {
    return Optional.ofNullable(notes.get(name)).map(GridEpoch::parse);
  }
}
