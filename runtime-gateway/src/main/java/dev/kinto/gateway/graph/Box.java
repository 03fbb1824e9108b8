package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;
import dev.kinto.gateway.graph.ContractGraph.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The box of a microservice: its name, its routes, and below them what it reads on the left and
 * what it sets on the right, each beside the port where the lines of the field end.
 */
final class Box extends Cell {
  static final double ROW = 21;
  static final double HEAD = 36;
  static final double GAP = 10;
  static final double PAD = 14;
  static final double NAME_SIZE = 15;
  static final double TEXT_SIZE = 12;
  static final int MOST_CHARACTERS = 44;
  private static final double BETWEEN = 28;

  private final Service service;
  private final List<Field> reads;
  private final List<Field> writes;

  Box(Service service, List<Field> fields) {
    this.service = service;
    this.reads =
        new ArrayList<>(fields.stream().filter(field -> !sets(field) && reads(field)).toList());
    this.writes = new ArrayList<>(fields.stream().filter(this::sets).toList());
  }

  Service service() {
    return service;
  }

  /** What it reads from others, from the top. */
  List<Field> reads() {
    return reads;
  }

  /** What it sets, from the top. */
  List<Field> writes() {
    return writes;
  }

  boolean sets(Field field) {
    return field.writer().filter(service.name()::equals).isPresent();
  }

  boolean reads(Field field) {
    return field.readers().stream().anyMatch(reader -> reader.service().equals(service.name()));
  }

  boolean requires(Field field) {
    return field.readers().stream()
        .anyMatch(reader -> reader.service().equals(service.name()) && reader.required());
  }

  /** What a row of a read says: the question mark of an optional value. */
  String readText(Field field) {
    String name = TextWidth.cut(field.name(), MOST_CHARACTERS) + (requires(field) ? "" : "?");
    return field.writer().isPresent() ? name : name + " · nobody sets it";
  }

  /** What a row of a write says; the turned arrow is a field that its owner reads itself. */
  String writeText(Field field) {
    return (reads(field) ? "↻ " : "") + TextWidth.cut(field.name(), MOST_CHARACTERS);
  }

  static String pathText(String path) {
    return TextWidth.cut(path, MOST_CHARACTERS);
  }

  /** Where the methods of the routes end and the paths begin. */
  double methodWidth() {
    return service.routes().stream()
            .mapToDouble(route -> TextWidth.fixed(route.method(), TEXT_SIZE))
            .max()
            .orElse(0)
        + 9;
  }

  @Override
  double width() {
    double routes =
        service.routes().stream()
                .mapToDouble(route -> TextWidth.fixed(pathText(route.path().text()), TEXT_SIZE))
                .max()
                .orElse(0)
            + methodWidth();
    double left = widest(reads, this::readText);
    double right = widest(writes, this::writeText);
    double fields = left + right + (left > 0 && right > 0 ? BETWEEN : 0);
    double name = TextWidth.bold(TextWidth.cut(service.name(), MOST_CHARACTERS), NAME_SIZE);
    return Math.max(150, 2 * PAD + Math.max(name, Math.max(routes, fields)));
  }

  private static double widest(List<Field> fields, Function<Field, String> text) {
    return fields.stream()
        .mapToDouble(field -> TextWidth.fixed(text.apply(field), TEXT_SIZE))
        .max()
        .orElse(0);
  }

  @Override
  double height() {
    int rows = Math.max(reads.size(), writes.size());
    return HEAD + service.routes().size() * ROW + GAP + (rows == 0 ? 0 : rows * ROW + 2 * GAP - 4);
  }

  /** The top of the rows of fields. */
  double fieldsTop() {
    return y() + HEAD + service.routes().size() * ROW + 2 * GAP - 2;
  }

  @Override
  double in(Field field) {
    return fieldsTop() + reads.indexOf(field) * ROW + ROW / 2;
  }

  @Override
  double out(Field field) {
    return fieldsTop() + writes.indexOf(field) * ROW + ROW / 2;
  }

  void sortReads(ToDoubleFunction<Field> height) {
    reads.sort(Comparator.comparingDouble(height));
  }

  void sortWrites(ToDoubleFunction<Field> height) {
    writes.sort(Comparator.comparingDouble(height));
  }
}
