package dev.kinto.gateway.graph;

/**
 * The style sheet of the picture. It has a ground of its own and follows the reader's choice of
 * light or dark, so that it can be read on any page. Lines have the colour of who sets the field;
 * red is kept for what is missing.
 */
final class SvgStyle {
  /** How many colours there are for lines. */
  static final int COLOURS = 8;

  private static final String[] LIGHT = {
    "#0969da", "#1a7f37", "#8250df", "#9a6700", "#0f766e", "#bf3989", "#57606a", "#bc4c00"
  };
  private static final String[] DARK = {
    "#58a6ff", "#3fb950", "#bc8cff", "#d29922", "#2dd4bf", "#f778ba", "#a8b1bb", "#f0883e"
  };

  private SvgStyle() {}

  static String sheet() {
    return """
    <style>
    text { font-family: 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace; font-size: 12px; }
    .name { font-family: 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif; font-size: 15px; font-weight: bold; }
    .legend { font-family: 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif; font-size: 12px; }
    .line { fill: none; stroke-width: 1.6; }
    .halo { fill: none; stroke-width: 5; }
    .optional { stroke-dasharray: 5 4; }
    .field:hover .line { stroke-width: 3; }
    .method { font-weight: bold; }
    .end { text-anchor: end; }
    """
        + colours(
            "#ffffff", "#f6f8fa", "#d0d7de", "#1f2328", "#59636e", "#cf222e", "#eaeef2", LIGHT)
        + "@media (prefers-color-scheme: dark) {\n"
        + colours("#0d1117", "#151b23", "#3d444d", "#f0f6fc", "#9198a1", "#ff7b72", "#212830", DARK)
        + "}\n</style>\n";
  }

  private static String colours(
      String ground,
      String box,
      String rim,
      String text,
      String dim,
      String missing,
      String head,
      String[] lines) {
    StringBuilder css = new StringBuilder();
    css.append(".ground { fill: ").append(ground).append("; stroke: ").append(rim).append("; }\n");
    css.append(".halo { stroke: ").append(ground).append("; }\n");
    css.append(".box { fill: ").append(box).append("; stroke: ").append(rim).append("; }\n");
    css.append(".head { fill: ").append(head).append("; }\n");
    css.append(".rule { stroke: ").append(rim).append("; }\n");
    css.append("text { fill: ").append(text).append("; }\n");
    css.append(".dim { fill: ").append(dim).append("; }\n");
    css.append(".sample { stroke: ").append(dim).append("; }\n");
    css.append(".missing { fill: ").append(missing).append("; }\n");
    css.append(".unread { fill: ").append(box).append("; stroke: ").append(dim).append("; }\n");
    for (int i = 0; i < lines.length; i++) {
      css.append(".l").append(i).append(" { stroke: ").append(lines[i]).append("; }\n");
      css.append(".p").append(i).append(" { fill: ").append(lines[i]).append("; }\n");
    }
    return css.toString();
  }
}
