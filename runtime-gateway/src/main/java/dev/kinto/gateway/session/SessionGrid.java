package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.EntryOperations;
import dev.kinto.gateway.grid.Grid;
import dev.kinto.gateway.grid.GridEntry;
import dev.kinto.gateway.grid.GridMember;
import dev.kinto.gateway.grid.GridMemory;
import dev.kinto.gateway.grid.GridNode;
import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The grid that holds sessions (contract C37, C38). Keys are hashes of session ids.
 *
 * <p>Every method throws a {@link Refusal} with {@code grid-unavailable} if the grid cannot answer.
 */
public final class SessionGrid implements AutoCloseable {
  /** What a client is told of an entry that this version of the gateway cannot read. */
  static final String NEWER =
      "The session was saved by a newer version of the gateway, which this one cannot read.";

  /** What a client is told if a node does not know what was asked of it. */
  static final String OTHER_VERSION =
      "The gateway that keeps this session has another version, which does not know what was asked"
          + " of it.";

  /** How long it is known of a session that it was ended, so that nothing brings it back. */
  static final Duration ENDED_KNOWN_FOR = Duration.ofMinutes(1);

  private final Grid grid;
  private final AtomicReference<TokenKeys> keys;
  private final Operations operations;

  private SessionGrid(Grid grid, AtomicReference<TokenKeys> keys, Operations operations) {
    this.grid = grid;
    this.keys = keys;
    this.operations = operations;
  }

  /**
   * Starts the grid, or joins it.
   *
   * @param directory where the node of this process may keep its own files
   * @param keys what tokens are made with; the others of the grid must know it
   * @param indexed the fields by whose values sessions are found, folded
   */
  public static SessionGrid start(
      GridSettings settings, Path directory, TokenKeys keys, Set<String> indexed) {
    AtomicReference<TokenKeys> current = new AtomicReference<>(keys);
    Operations operations = new Operations(() -> current.get().fingerprints(), indexed);
    return new SessionGrid(Grid.start(settings, directory, operations), current, operations);
  }

  /**
   * Starts a node of the grid that gateways use by their clients. It makes no tokens.
   *
   * @param directory where it may keep its own files
   * @param indexed the fields by whose values sessions are found, folded
   */
  public static Grid dataNode(GridSettings.Cluster settings, Path directory, Set<String> indexed) {
    return Grid.start(settings, directory, new Operations(List::of, indexed));
  }

  /** Finds sessions by the values of these fields, folded, as soon as all are indexed by them. */
  public void index(Set<String> fields) {
    operations.index(fields);
  }

  /** Takes other keys, which whoever joins from now on must know. */
  public void use(TokenKeys others) {
    keys.set(others);
  }

  /** What the grid does to sessions where they live. */
  static final class Operations implements EntryOperations {
    private final Census census = new Census();
    private final Allowances allowances = new Allowances(census);
    private final FieldIndex index;
    private final IndexReader reader;
    private final Searches searches;
    private final Supplier<List<String>> fingerprints;

    Operations(Supplier<List<String>> fingerprints, Set<String> indexed) {
      this.fingerprints = fingerprints;
      this.index = new FieldIndex(indexed);
      this.reader = new IndexReader(index);
      this.searches = new Searches(index);
    }

    void index(Set<String> fields) {
      reader.read(index.use(fields));
    }

    long sessions() {
      return census.all();
    }

    @Override
    public List<String> credentials() {
      return fingerprints.get();
    }

    @Override
    public byte[] run(byte[] operation, GridEntry entry) {
      return Operation.run(operation, new Slot(entry), allowances, searches);
    }

    /** What a newer version wrote is kept as long as it may. */
    @Override
    public long endsAt(byte[] stored) {
      return EntryFormat.ifKnown(stored).map(SessionEntry::deadline).orElse(Long.MAX_VALUE);
    }

    @Override
    public void begins(GridNode node) {
      searches.begins(node); // before the index is empty, which a search of the old node may see
      census.clear();
      index.clear();
      allowances.begins(node);
      reader.begins(node);
    }

    @Override
    public void asked(byte[] question, Consumer<byte[]> answer) {
      Optional<SessionSearch> search = SessionSearch.read(question);
      if (search.isPresent()) {
        searches.answer(search.get(), answer);
      } else {
        answer.accept(CountQuestion.read(question).map(allowances::answer).orElse(new byte[0]));
      }
    }

    @Override
    public void gained(int partition) {
      census.gained(partition);
      index.gained(partition);
    }

    @Override
    public void found(int partition, UUID key, byte[] value) {
      census.found(partition, key, value);
      index.found(partition, key, value);
    }

    @Override
    public void settled(int partition) {
      census.settled(partition);
      index.settled(partition);
    }

    @Override
    public void lost(int partition) {
      census.lost(partition);
      index.lost(partition);
    }

    @Override
    public void changed(
        int partition, UUID key, byte @Nullable [] before, byte @Nullable [] after) {
      census.changed(partition, key, before, after);
      index.changed(partition, key, before, after);
    }
  }

  /** How full its memory is. */
  public GridMemory memory() {
    return grid.memory();
  }

  /** How many sessions the node of this process keeps, copies not counted. */
  public long sessions() {
    return operations.sessions();
  }

  /** The nodes that keep sessions, as far as this process sees. */
  public List<GridMember> nodes() {
    return grid.nodes();
  }

  /** Whether sessions can be read at the moment. */
  public boolean isAvailable() {
    return grid.isAvailable();
  }

  Optional<SessionEntry> find(UUID key) {
    return readable(() -> grid.get(key).map(EntryFormat::read));
  }

  /** Runs an operation where the entry lives; the entry is swept up after this time at last. */
  Outcome run(UUID key, Operation operation, Duration longestTimeLeft) {
    return Outcome.of(grid.run(key, Operation.pack(operation), longestTimeLeft)[0]);
  }

  /** Asks something that is answered with more than an outcome; nothing is stored. */
  byte[] ask(UUID key, Operation operation, Duration longestTimeLeft) {
    return grid.run(key, Operation.pack(operation), longestTimeLeft);
  }

  /** Changes a session that is as it was read. */
  Outcome run(Session session, ApplyChange change) {
    return run(session.id(), change, session.entry().longestTimeLeft(change.now()));
  }

  /**
   * Ends all sessions whose client is not one of these, so that they stay ended if it ever is one
   * again (contract C25).
   *
   * @param known whether a client id is configured for an environment
   */
  public void endOthers(BiPredicate<String, String> known) {
    grid.removeIf(
        bytes ->
            EntryFormat.ifKnown(bytes)
                .filter(entry -> !known.test(entry.clientId(), entry.environment()))
                .isPresent());
  }

  private static <T> T readable(Supplier<T> look) {
    try {
      return look.get();
    } catch (EntryFormat.UnknownFormatException e) {
      throw new Refusal(ProblemCode.GRID_UNAVAILABLE, NEWER, e);
    }
  }

  /** Leaves the grid. Call it when no request is running any more. */
  @Override
  public void close() {
    grid.close();
    operations.index.clear(); // what was still to be read for it cannot be read any more
  }
}
