package dev.kinto.gateway.grid;

/**
 * How entries are spread over the nodes of a grid.
 *
 * @param size how many nodes there are meant to be
 * @param backups how many copies of an entry there are besides the first
 */
record Spread(int size, int backups) {
  /** That of a node that is alone. */
  static final Spread ALONE = new Spread(1, 0);

  /**
   * What part of its memory each node may fill while there are so many, above 0 up to 1. Those that
   * go on when others are lost take over what those had: the fewest that go on, half of all, must
   * have room for it, or sessions would be lost with a node (contract C37).
   */
  double share(int nodes) {
    int fewest = (size + 1) / 2;
    return ofAll(Math.max(nodes, fewest)) / ofAll(fewest);
  }

  /** What part of all entries each of so many nodes has. */
  private double ofAll(int nodes) {
    return (double) Math.min(backups + 1, nodes) / nodes;
  }
}
