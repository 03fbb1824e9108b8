package dev.kinto.gateway.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Cells of a column that touch each other and move together. Each column is solved as a regression:
 * every cell has its wanted place if there is room, and cells that would overlap share the mean of
 * their wishes.
 */
final class Stack {
  private static final double BOX_GAP = 30;
  private static final double PASSAGE_GAP = 9;

  private final List<Cell> cells = new ArrayList<>();
  private final List<Double> offsets = new ArrayList<>();
  private double wishes;
  private int wishing;
  private double height;

  private Stack(Cell cell, double wanted) {
    cells.add(cell);
    offsets.add(0.0);
    height = cell.height();
    if (!Double.isNaN(wanted)) {
      wishes = wanted;
      wishing = 1;
    }
  }

  /**
   * Moves the cells of a column without changing their order.
   *
   * @param wanted the top that a cell wants; not a number if it does not mind
   */
  static void place(List<Cell> column, ToDoubleFunction<Cell> wanted) {
    List<Stack> stacks = new ArrayList<>();
    for (Cell cell : column) {
      Stack stack = new Stack(cell, wanted.applyAsDouble(cell));
      while (!stacks.isEmpty() && stacks.get(stacks.size() - 1).reaches(stack)) {
        stack = stacks.remove(stacks.size() - 1).joinedBy(stack);
      }
      stacks.add(stack);
    }
    for (Stack stack : stacks) {
      for (int i = 0; i < stack.cells.size(); i++) {
        Cell cell = stack.cells.get(i);
        cell.moveTo(cell.x(), stack.top() + stack.offsets.get(i));
      }
    }
  }

  private double top() {
    return wishing == 0 ? 0 : wishes / wishing;
  }

  private double gapTo(Stack below) {
    boolean boxes = cells.get(cells.size() - 1) instanceof Box && below.cells.get(0) instanceof Box;
    boolean passages =
        cells.get(cells.size() - 1) instanceof Passage && below.cells.get(0) instanceof Passage;
    return boxes ? BOX_GAP : passages ? PASSAGE_GAP : (BOX_GAP + PASSAGE_GAP) / 2;
  }

  /** Whoever has no wish joins the one above, so that columns stay together. */
  private boolean reaches(Stack below) {
    return wishing == 0 || below.wishing == 0 || top() + height + gapTo(below) > below.top();
  }

  private Stack joinedBy(Stack below) {
    double start = height + gapTo(below);
    for (int i = 0; i < below.cells.size(); i++) {
      cells.add(below.cells.get(i));
      offsets.add(start + below.offsets.get(i));
    }
    wishes += below.wishes - below.wishing * start;
    wishing += below.wishing;
    height = start + below.height;
    return this;
  }
}
