package dev.kinto.gateway.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each node may fill, so that those that go on have room for all (contract C37). */
class SpreadTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1, 1",
    // Two nodes have all, each of them.
    "2, 1, 2, 1",
    "2, 1, 1, 1",
    // Three have two thirds, and two of them must be able to have all.
    "3, 1, 3, 0.6667",
    "3, 1, 2, 1",
    "3, 1, 1, 1",
    "3, 2, 3, 1",
    "5, 1, 5, 0.6",
    "5, 1, 4, 0.75",
    "5, 1, 3, 1",
    "5, 2, 5, 0.6",
    // More than there are meant to be: one takes the place of another.
    "3, 1, 4, 0.5"
  })
  void aNodeFillsNoMoreThanTheOthersCanTakeOver(int size, int backups, int nodes, double share) {
    assertEquals(share, new Spread(size, backups).share(nodes), 0.0001);
  }
}
