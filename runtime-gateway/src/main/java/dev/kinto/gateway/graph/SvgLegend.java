package dev.kinto.gateway.graph;

/** Says what lines and dots mean. */
final class SvgLegend {
  /** How much room it needs. */
  static final double WIDTH = 610;

  private SvgLegend() {}

  static void draw(Svg svg, double x, double y) {
    svg.add("path", "class", "line sample", "d", line(x, y));
    text(svg, "required", x + 38, y);
    svg.add("path", "class", "line sample optional", "d", line(x + 112, y));
    text(svg, "optional (?)", x + 150, y);
    svg.add("circle", "class", "missing", "cx", x + 246, "cy", y, "r", 5);
    text(svg, "nobody sets it", x + 258, y);
    svg.add("circle", "class", "unread", "cx", x + 364, "cy", y, "r", 4);
    text(svg, "nobody reads it", x + 375, y);
    text(svg, "↻ its owner reads it", x + 484, y);
  }

  private static String line(double x, double y) {
    return "M" + Svg.number(x) + "," + Svg.number(y) + " h30";
  }

  private static void text(Svg svg, String text, double x, double y) {
    svg.text("text", text, "class", "legend dim", "x", x, "y", y + 4);
  }
}
