package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;

/**
 * What has a place in a column of the picture: a box, or the way that a line takes past the boxes
 * of a column. Places are set while the picture is laid out.
 */
abstract sealed class Cell permits Box, Passage {
  private double x;
  private double y;

  abstract double width();

  abstract double height();

  /** Where the line of a field enters from the left. */
  abstract double in(Field field);

  /** Where the line of a field leaves to the right. */
  abstract double out(Field field);

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  double middle() {
    return y + height() / 2;
  }

  void moveTo(double newX, double newY) {
    x = newX;
    y = newY;
  }
}
