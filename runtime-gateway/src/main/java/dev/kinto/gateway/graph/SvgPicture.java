package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;
import dev.kinto.gateway.graph.ContractGraph.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The graph as an SVG picture: ground, lines, boxes over them, and the legend. */
final class SvgPicture {
  private static final double MARGIN = 28;
  private static final double LANE = 9;
  private static final double LEGEND = 44;

  private final ContractGraph graph;
  private final Layout layout;
  private final Svg svg = new Svg();
  private final Map<String, Integer> colours = new HashMap<>();
  private final Map<Cell, Double> widths = new HashMap<>();
  private double width;
  private double height;
  private double bottom;

  private SvgPicture(ContractGraph graph) {
    this.graph = graph;
    this.layout = Layout.of(graph);
    for (Box box : layout.boxes()) {
      if (!box.writes().isEmpty()) {
        colours.put(box.service().name(), colours.size() % SvgStyle.COLOURS);
      }
    }
  }

  static String of(ContractGraph graph) {
    SvgPicture picture = new SvgPicture(graph);
    picture.placeColumns();
    picture.draw();
    return picture.svg.toString();
  }

  /** The space between columns grows with the lines in it. */
  private void placeColumns() {
    double lanes =
        layout.backLinks().stream().map(Layout.BackLink::field).distinct().count() * LANE;
    double top =
        layout.columns().stream().flatMap(List::stream).mapToDouble(Cell::y).min().orElse(0);
    double left = MARGIN + lanes;
    for (List<Cell> column : layout.columns()) {
      double widest = column.stream().mapToDouble(Cell::width).max().orElse(0);
      for (Cell cell : column) {
        cell.moveTo(left, cell.y() - top + MARGIN);
        widths.put(cell, widest);
        bottom = Math.max(bottom, cell.y() + cell.height());
      }
      long lines = layout.links().stream().filter(link -> column.contains(link.from())).count();
      width = left + widest + MARGIN + lanes;
      left += widest + Math.min(150, 60 + 5 * lines) + 2 * lanes;
    }
    bottom = Math.max(bottom, MARGIN);
    width = Math.max(width, SvgLegend.WIDTH + 2 * MARGIN);
    height = bottom + lanes + LEGEND + MARGIN / 2;
  }

  private void draw() {
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + Svg.number(width) + " " + Svg.number(height),
        "width",
        width,
        "height",
        height,
        "role",
        "img",
        "aria-labelledby",
        "title desc");
    svg.text("title", "Microservices and the session fields between them", "id", "title");
    svg.text("desc", description(), "id", "desc");
    svg.raw(SvgStyle.sheet());
    svg.add(
        "rect",
        "class",
        "ground",
        "x",
        0.5,
        "y",
        0.5,
        "width",
        width - 1,
        "height",
        height - 1,
        "rx",
        8);
    graph.fields().forEach(this::drawField);
    layout
        .boxes()
        .forEach(
            box -> new SvgBox(svg, box, widths.getOrDefault(box, box.width()), colour(box)).draw());
    SvgLegend.draw(svg, MARGIN, height - LEGEND / 2);
    svg.close("svg");
  }

  private int colour(Box box) {
    return colours.getOrDefault(box.service().name(), 0);
  }

  /** All pieces of a field's line in one group, so that it lights up as a whole. */
  private void drawField(Field field) {
    List<Link> links = layout.links().stream().filter(link -> link.field().equals(field)).toList();
    List<Layout.BackLink> backLinks =
        layout.backLinks().stream().filter(link -> link.field().equals(field)).toList();
    if (links.isEmpty() && backLinks.isEmpty()) {
      return;
    }
    int colour = colours.getOrDefault(field.writer().orElse(""), 0);
    svg.open("g", "class", "field").tip(sentence(field));
    // All halos first: they part this field's lines from others, not from one another.
    links.forEach(link -> svg.add("path", "class", "halo", "d", forward(link)));
    backLinks.forEach(link -> svg.add("path", "class", "halo", "d", backward(link)));
    links.forEach(link -> line(forward(link), link.required(), colour));
    backLinks.forEach(link -> line(backward(link), link.to().requires(field), colour));
    svg.close("g");
  }

  private void line(String path, boolean required, int colour) {
    svg.add("path", "class", "line l" + colour + (required ? "" : " optional"), "d", path);
  }

  private String forward(Link link) {
    double start = right(link.from());
    double end = link.to().x();
    double middle = (start + end) / 2;
    double from = link.from().out(link.field());
    double to = link.to().in(link.field());
    // A passage is drawn with the line that enters it.
    double last = link.to() instanceof Passage ? right(link.to()) : end;
    return "M"
        + point(start, from)
        + " C"
        + point(middle, from)
        + " "
        + point(middle, to)
        + " "
        + point(end, to)
        + (last > end ? " H" + Svg.number(last) : "");
  }

  /** Down beside the column, left below everything, up beside the reader's column. */
  private String backward(Layout.BackLink link) {
    int lane =
        layout.backLinks().stream()
            .map(Layout.BackLink::field)
            .distinct()
            .toList()
            .indexOf(link.field());
    double start = right(link.from());
    double out = start + 12 + lane * LANE;
    double in = link.to().x() - 12 - lane * LANE;
    double below = bottom + 12 + lane * LANE;
    double from = link.from().out(link.field());
    double to = link.to().in(link.field());
    double r = 6;
    return "M"
        + point(start, from)
        + " H"
        + Svg.number(out - r)
        + " Q"
        + point(out, from)
        + " "
        + point(out, from + r)
        + " V"
        + Svg.number(below - r)
        + " Q"
        + point(out, below)
        + " "
        + point(out - r, below)
        + " H"
        + Svg.number(in + r)
        + " Q"
        + point(in, below)
        + " "
        + point(in, below - r)
        + " V"
        + Svg.number(to + r)
        + " Q"
        + point(in, to)
        + " "
        + point(in + r, to)
        + " H"
        + Svg.number(link.to().x());
  }

  private double right(Cell cell) {
    return cell.x() + widths.getOrDefault(cell, cell.width());
  }

  private static String point(double x, double y) {
    return Svg.number(x) + "," + Svg.number(y);
  }

  /** The picture for who cannot see it: one sentence for each field. */
  private String description() {
    StringBuilder text = new StringBuilder();
    text.append(graph.services().size()).append(" microservices, ");
    text.append(graph.fields().size()).append(" session fields.");
    graph.fields().forEach(field -> text.append('\n').append(sentence(field)).append('.'));
    return text.toString();
  }

  private static String sentence(Field field) {
    StringBuilder text = new StringBuilder(field.name());
    text.append(field.writer().map(writer -> ": set by " + writer).orElse(": set by nobody"));
    String separator = ", read by ";
    for (Reader reader : field.readers()) {
      text.append(separator)
          .append(reader.service())
          .append(reader.required() ? "" : " (optional)");
      separator = ", ";
    }
    return text.append(field.readers().isEmpty() ? ", read by nobody" : "").toString();
  }
}
