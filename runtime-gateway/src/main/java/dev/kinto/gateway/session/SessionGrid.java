package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.EntryOperations;
import dev.kinto.gateway.grid.Grid;
import dev.kinto.gateway.grid.GridEntry;
import dev.kinto.gateway.grid.GridMemory;
import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
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

  private final Grid grid;
  private final Census census;
  private final AtomicReference<TokenKeys> keys;

  private SessionGrid(Grid grid, Census census, AtomicReference<TokenKeys> keys) {
    this.grid = grid;
    this.census = census;
    this.keys = keys;
  }

  /**
   * Starts the grid, or joins it.
   *
   * @param directory where the node of this process may keep its own files
   * @param keys what tokens are made with; the others of the grid must know it
   */
  public static SessionGrid start(GridSettings settings, Path directory, TokenKeys keys) {
    Census census = new Census();
    AtomicReference<TokenKeys> current = new AtomicReference<>(keys);
    Grid grid =
        Grid.start(settings, directory, new Operations(census, () -> current.get().fingerprints()));
    return new SessionGrid(grid, census, current);
  }

  /**
   * Starts a node of the grid that gateways use by their clients. It makes no tokens.
   *
   * @param directory where it may keep its own files
   */
  public static Grid dataNode(GridSettings.Cluster settings, Path directory) {
    return Grid.start(settings, directory, new Operations(new Census(), List::of));
  }

  /** Takes other keys, which whoever joins from now on must know. */
  public void use(TokenKeys others) {
    keys.set(others);
  }

  /** What the grid does to sessions where they live. */
  private record Operations(Census census, Supplier<List<String>> fingerprints)
      implements EntryOperations {
    @Override
    public List<String> credentials() {
      return fingerprints.get();
    }

    @Override
    public byte[] run(byte[] operation, GridEntry entry) {
      return new byte[] {(byte) Operation.run(operation, new Slot(entry)).code()};
    }

    /** What a newer version wrote is kept as long as it may. */
    @Override
    public long endsAt(byte[] stored) {
      return EntryFormat.ifKnown(stored).map(SessionEntry::deadline).orElse(Long.MAX_VALUE);
    }

    @Override
    public void begins() {
      census.clear();
    }

    @Override
    public void changed(UUID key, byte @Nullable [] before, byte @Nullable [] after) {
      census.changed(key, before, after);
    }
  }

  /** How full its memory is. */
  public GridMemory memory() {
    return grid.memory();
  }

  /** How many sessions each client has. */
  Census census() {
    return census;
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
  }
}
