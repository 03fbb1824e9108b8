package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;

/** The way of one field's line past the boxes of a column. */
final class Passage extends Cell {
  private final Field field;

  Passage(Field field) {
    this.field = field;
  }

  Field field() {
    return field;
  }

  @Override
  double width() {
    return 0;
  }

  @Override
  double height() {
    return 8;
  }

  @Override
  double in(Field any) {
    return middle();
  }

  @Override
  double out(Field any) {
    return middle();
  }
}
