package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;
import dev.kinto.manifest.Route;

/** Draws the box of a microservice. */
final class SvgBox {
  private static final double BASELINE = 15;
  private static final double PORT = 4;

  private final Svg svg;
  private final Box box;
  private final double width;
  private final int colour;

  SvgBox(Svg svg, Box box, double width, int colour) {
    this.svg = svg;
    this.box = box;
    this.width = width;
    this.colour = colour;
  }

  void draw() {
    svg.open("g");
    svg.add(
        "rect",
        "class",
        "box",
        "x",
        box.x(),
        "y",
        box.y(),
        "width",
        width,
        "height",
        box.height(),
        "rx",
        7);
    drawHead();
    double y = box.y() + Box.HEAD + 3;
    for (Route route : box.service().routes()) {
      drawRoute(route, y);
      y += Box.ROW;
    }
    if (!box.reads().isEmpty() || !box.writes().isEmpty()) {
      double rule = y + 4;
      svg.add(
          "line", "class", "rule", "x1", box.x(), "y1", rule, "x2", box.x() + width, "y2", rule);
    }
    box.reads().forEach(this::drawRead);
    box.writes().forEach(this::drawWrite);
    svg.close("g");
  }

  private void drawHead() {
    double x = box.x();
    double y = box.y();
    svg.add(
        "path",
        "class",
        "head",
        "d",
        "M"
            + Svg.number(x + 0.5)
            + ","
            + Svg.number(y + 29)
            + " V"
            + Svg.number(y + 7)
            + " Q"
            + Svg.number(x + 0.5)
            + ","
            + Svg.number(y + 0.5)
            + " "
            + Svg.number(x + 7)
            + ","
            + Svg.number(y + 0.5)
            + " H"
            + Svg.number(x + width - 7)
            + " Q"
            + Svg.number(x + width - 0.5)
            + ","
            + Svg.number(y + 0.5)
            + " "
            + Svg.number(x + width - 0.5)
            + ","
            + Svg.number(y + 7)
            + " V"
            + Svg.number(y + 29)
            + " Z");
    svg.open("g").tip(box.service().name());
    svg.text(
        "text",
        TextWidth.cut(box.service().name(), Box.MOST_CHARACTERS),
        "class",
        "name",
        "x",
        x + Box.PAD,
        "y",
        y + 20);
    svg.close("g");
  }

  private void drawRoute(Route route, double y) {
    svg.open("g").tip(route.signature() + (route.title().isEmpty() ? "" : ": " + route.title()));
    svg.text(
        "text", route.method(), "class", "method dim", "x", box.x() + Box.PAD, "y", y + BASELINE);
    svg.text(
        "text",
        Box.pathText(route.path().text()),
        "x",
        box.x() + Box.PAD + box.methodWidth(),
        "y",
        y + BASELINE);
    svg.close("g");
  }

  private void drawRead(Field field) {
    boolean missing = field.writer().isEmpty();
    double y = box.in(field);
    svg.open("g").tip(field.name());
    if (missing) {
      svg.add("circle", "class", "missing", "cx", box.x(), "cy", y, "r", PORT + 1);
    } else {
      svg.add("path", "class", "dim", "d", arrowHead(box.x(), y));
    }
    svg.text(
        "text",
        box.readText(field),
        "class",
        missing ? "missing" : "",
        "x",
        box.x() + Box.PAD,
        "y",
        y + 4);
    svg.close("g");
  }

  /** Its tip touches the box, where the line of the field ends. */
  private static String arrowHead(double x, double y) {
    return "M" + Svg.number(x) + "," + Svg.number(y) + " l-8,-4.5 v9 Z";
  }

  private void drawWrite(Field field) {
    double y = box.out(field);
    double right = box.x() + width;
    svg.open("g").tip(field.name());
    svg.add(
        "circle",
        "class",
        field.readers().isEmpty() ? "unread" : "p" + colour,
        "cx",
        right,
        "cy",
        y,
        "r",
        PORT);
    svg.text(
        "text",
        box.writeText(field),
        "class",
        field.readers().isEmpty() ? "end dim" : "end",
        "x",
        right - Box.PAD,
        "y",
        y + 4);
    svg.close("g");
  }
}
