package dev.kinto.gateway.trial;

/**
 * How the gateways of a trial are set up.
 *
 * @param mode {@code grid.mode}; {@code embedded} makes no grid of them, which the check must find
 * @param tiebreaker the gateway that decides between two halves; 0: none
 * @param backups copies of each session beside the first
 * @param persistent whether sessions are kept on disk
 */
record Shape(String mode, int nodes, int tiebreaker, int backups, boolean persistent) {
  /** Three gateways, as most trials have them. */
  static Shape three() {
    return new Shape("cluster", 3, 0, 1, false);
  }

  /** Two gateways, of which the first outlives the other. */
  static Shape two() {
    return new Shape("cluster", 2, 1, 1, false);
  }

  /** One gateway by itself. */
  static Shape one() {
    return new Shape("embedded", 1, 0, 0, false);
  }

  /** One that keeps its sessions on disk. */
  static Shape persistentOne() {
    return new Shape("embedded", 1, 0, 0, true);
  }

  /** Three that keep their sessions on disks. */
  static Shape persistentThree() {
    return new Shape("cluster", 3, 0, 1, true);
  }

  /** Three that know nothing of one another. */
  static Shape unconnected() {
    return new Shape("embedded", 3, 0, 0, false);
  }
}
