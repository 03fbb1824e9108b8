package dev.kinto.gateway.grid;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where entries are kept (contract C37, C43). */
public sealed interface GridSettings {
  /** Less memory would be full with few entries: Ignite itself takes 2 MB. */
  long LEAST_MEMORY = 16L * 1024 * 1024;

  /** The same with persistence, for which Ignite keeps more of its own. */
  long LEAST_MEMORY_OF_DISK = 64L * 1024 * 1024;

  /**
   * In one node inside this process.
   *
   * @param storage what it may take
   */
  record Embedded(Storage storage) implements GridSettings {}

  /**
   * In a node inside this process, together with those of others.
   *
   * @param storage what this node may take
   * @param name the grid's; nodes of another name are refused
   * @param address where this node is reached
   * @param members where nodes are to be found, this one perhaps among them
   * @param size how many nodes there are meant to be
   * @param tiebreaker the member that decides between two halves; only with an even size
   * @param backups how many copies of an entry there are besides the first
   * @param tls who may join; empty: anybody who reaches a port
   */
  record Cluster(
      Storage storage,
      String name,
      NodeAddress address,
      List<Member> members,
      int size,
      Optional<Member> tiebreaker,
      int backups,
      Optional<GridTls> tls)
      implements GridSettings {
    /** Copies the members. */
    public Cluster {
      members = List.copyOf(members);
    }
  }

  /**
   * In a grid of other processes.
   *
   * @param name the grid's
   * @param members where its nodes take clients
   * @param tls how this process shows who it is; empty: not at all
   */
  record Client(String name, List<Member> members, Optional<GridTls> tls) implements GridSettings {
    /** Copies the members. */
    public Client {
      members = List.copyOf(members);
    }
  }

  /**
   * What the entries of a node may take.
   *
   * @param memory bytes outside the heap; at least {@link #LEAST_MEMORY}
   * @param persistence the folder that keeps them over a restart; empty: none does
   * @param fsync whether a write is acknowledged only when the disk has it, and not already when
   *     the operating system does
   */
  record Storage(long memory, Optional<Path> persistence, boolean fsync) {
    /** So much memory, and no disk. */
    public static Storage ofMemory(long bytes) {
      return new Storage(bytes, Optional.empty(), false);
    }
  }

  /**
   * Where the other nodes, and clients, reach a node.
   *
   * @param host an address of this machine, or a name of one
   * @param discoveryPort by which nodes find one another
   * @param dataPort by which they exchange entries
   * @param clientPort by which gateways use it that hold no data; empty: none does
   */
  record NodeAddress(String host, int discoveryPort, int dataPort, OptionalInt clientPort) {}

  /**
   * The files of {@code grid.tls}, in PEM form.
   *
   * @param certificate this node's, with those that lead to one of the trust file
   * @param key its private key
   * @param trust whose certificates are believed
   */
  record GridTls(Path certificate, Path key, Path trust) {}
}
