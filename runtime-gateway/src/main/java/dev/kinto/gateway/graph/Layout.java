package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;
import dev.kinto.gateway.graph.ContractGraph.Reader;
import dev.kinto.gateway.graph.ContractGraph.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Places boxes and lines after Sugiyama: columns from who sets to who reads, within a column an
 * order with few crossings, then heights that make the lines straight. Lines that pass a column
 * have a place in it like a box, so that no line ever runs across one.
 */
final class Layout {
  private static final int SWEEPS = 12;

  private final Layers layers;
  private final List<List<Cell>> columns = new ArrayList<>();
  private final Map<String, Box> boxes = new HashMap<>();
  private final List<Link> links = new ArrayList<>();
  private final List<BackLink> backLinks = new ArrayList<>();

  /**
   * A line from the right to the left, below everything.
   *
   * @param field whose line
   * @param from who sets it
   * @param to who reads it
   */
  record BackLink(Field field, Box from, Box to) {}

  private Layout(ContractGraph graph) {
    layers = Layers.of(graph);
    for (int i = 0; i < layers.count(); i++) {
      columns.add(new ArrayList<>());
    }
    for (Service service : graph.services()) {
      Box box = new Box(service, graph.fields());
      boxes.put(service.name(), box);
      columns.get(layers.layer(service.name())).add(box);
    }
    graph.fields().forEach(this::connect);
  }

  static Layout of(ContractGraph graph) {
    Layout layout = new Layout(graph);
    layout.order();
    layout.place();
    return layout;
  }

  /** All boxes, from the left and the top. */
  List<Box> boxes() {
    return columns.stream()
        .flatMap(List::stream)
        .filter(Box.class::isInstance)
        .map(Box.class::cast)
        .toList();
  }

  List<List<Cell>> columns() {
    return columns;
  }

  List<Link> links() {
    return links;
  }

  List<BackLink> backLinks() {
    return backLinks;
  }

  int column(Cell cell) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).contains(cell)) {
        return i;
      }
    }
    throw new IllegalArgumentException("a cell of another picture");
  }

  private void connect(Field field) {
    Box from = boxes.get(field.writer().orElse(""));
    if (from == null) {
      return;
    }
    int start = layers.layer(field.writer().orElse(""));
    List<Reader> ahead = new ArrayList<>();
    for (Reader reader : field.readers()) {
      Box to = boxes.get(reader.service());
      if (to != null && layers.layer(reader.service()) > start) {
        ahead.add(reader);
      } else if (to != null && !to.equals(from)) {
        backLinks.add(new BackLink(field, from, to));
      }
    }
    Cell last = from;
    for (int column = start + 1; !ahead.isEmpty(); column++) {
      int here = column;
      for (Reader reader : ahead) {
        Box to = boxes.get(reader.service());
        if (to != null && layers.layer(reader.service()) == here) {
          links.add(new Link(field, last, to, reader.required()));
        }
      }
      ahead.removeIf(reader -> layers.layer(reader.service()) == here);
      if (!ahead.isEmpty()) {
        Passage passage = new Passage(field);
        columns.get(column).add(passage);
        links.add(new Link(field, last, passage, ahead.stream().anyMatch(Reader::required)));
        last = passage;
      }
    }
  }

  /** Sweeps to and fro; each cell goes to the mean of its neighbours in the column before. */
  private void order() {
    Map<Cell, Double> rank = new HashMap<>();
    columns.forEach(column -> rank(column, rank));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean rightwards = sweep % 2 == 0;
      for (int i = 0; i < columns.size(); i++) {
        List<Cell> column = columns.get(rightwards ? i : columns.size() - 1 - i);
        Map<Cell, Double> wanted = new HashMap<>();
        for (Cell cell : column) {
          wanted.put(cell, mean(cell, rightwards, rank));
        }
        column.sort(Comparator.comparingDouble(cell -> wanted.getOrDefault(cell, 0.0)));
        rank(column, rank);
      }
    }
  }

  private static void rank(List<Cell> column, Map<Cell, Double> rank) {
    for (int i = 0; i < column.size(); i++) {
      rank.put(column.get(i), (i + 0.5) / column.size());
    }
  }

  private double mean(Cell cell, boolean ofLeft, Map<Cell, Double> rank) {
    return links.stream()
        .filter(link -> (ofLeft ? link.to() : link.from()).equals(cell))
        .mapToDouble(link -> rank.getOrDefault(ofLeft ? link.from() : link.to(), 0.5))
        .average()
        .orElse(rank.getOrDefault(cell, 0.5));
  }

  private void place() {
    columns.forEach(column -> Stack.place(column, _ -> Double.NaN));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boxes().forEach(this::sortRows);
      boolean rightwards = sweep % 2 == 0;
      for (int i = 0; i < columns.size(); i++) {
        int at = rightwards ? i : columns.size() - 1 - i;
        Stack.place(columns.get(at), cell -> wantedTop(cell, rightwards));
      }
    }
    boxes().forEach(this::sortRows);
  }

  private void sortRows(Box box) {
    box.sortReads(
        field ->
            meanEnd(link -> link.to().equals(box) && link.field().equals(field), Layout::start));
    box.sortWrites(
        field ->
            meanEnd(link -> link.from().equals(box) && link.field().equals(field), Layout::end));
  }

  private static double start(Link link) {
    return link.from().out(link.field());
  }

  private static double end(Link link) {
    return link.to().in(link.field());
  }

  /** Rows without a line go last. */
  private double meanEnd(Predicate<Link> of, Function<Link, Double> end) {
    return links.stream().filter(of).mapToDouble(end::apply).average().orElse(Double.MAX_VALUE);
  }

  /** The top at which the lines to one side would be straight on average. */
  private double wantedTop(Cell cell, boolean ofLeft) {
    return links.stream()
        .filter(link -> (ofLeft ? link.to() : link.from()).equals(cell))
        .mapToDouble(
            link ->
                ofLeft
                    ? start(link) - (end(link) - cell.y())
                    : end(link) - (start(link) - cell.y()))
        .average()
        .orElse(Double.NaN);
  }
}
