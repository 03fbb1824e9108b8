package dev.kinto.gateway.grid;

import java.util.UUID;

/**
 * One life of a grid, from a start with what was on disks until no majority is left.
 *
 * @param origin the first of them, which began with nothing
 * @param number counts them, from 1
 */
record GridEpoch(UUID origin, int number) {
  /** The first one. */
  static GridEpoch first() {
    return new GridEpoch(UUID.randomUUID(), 1);
  }

  GridEpoch next() {
    return new GridEpoch(origin, number + 1);
  }

  static GridEpoch parse(String text) {
    int slash = text.indexOf('/');
    return new GridEpoch(
        UUID.fromString(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return origin + "/" + number;
  }
}
