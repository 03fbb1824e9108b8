package dev.kinto.gateway.trial;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Draws a result as SVG: above how long requests took, below what failed, both over time, with the
 * faults behind.
 */
final class Plot {
  private static final int LEFT = 60;
  private static final int WIDTH = 900;
  private static final int TOP = 50;
  private static final int LATENCY_HEIGHT = 220;
  private static final int GAP = 40;
  private static final int FAILURE_HEIGHT = 90;
  private static final int BOTTOM = TOP + LATENCY_HEIGHT + GAP + FAILURE_HEIGHT;

  /** The latency axis is logarithmic, from 0.1 ms to 30 s. */
  private static final double LOWEST = 0.1;

  private static final double HIGHEST = 30_000;

  private final Result result;
  private final long begin;
  private final double seconds;
  private final double bucket;
  private final StringBuilder svg = new StringBuilder();

  private Plot(Result result) {
    this.result = result;
    this.begin = result.begin();
    long end = result.samples().stream().mapToLong(Sample::end).max().orElse(begin + 1);
    this.seconds = (end - begin) / 1e9;
    this.bucket = Math.max(0.25, seconds / 400);
  }

  static String of(Result result) {
    return new Plot(result).draw();
  }

  private String draw() {
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='11'>",
        LEFT + WIDTH + 20, BOTTOM + 40);
    add("<rect width='100%%' height='100%%' fill='white'/>");
    add("<text x='%d' y='18' font-size='14'>%s</text>", LEFT, title());
    drawFaults();
    drawLatencyAxis();
    drawTimeAxis();
    drawDots();
    drawLine(0.5, "#1f77b4", "median");
    drawLine(0.99, "#ff7f0e", "99 %");
    drawFailures();
    return svg.append("</svg>\n").toString();
  }

  private String title() {
    return "%s: %,d requests, %d through the balancer failed%s, %d violations"
        .formatted(
            result.trial().name(),
            result.samples().size(),
            result.failed(),
            result.trial().noFailures() ? "" : " (allowed)",
            result.violations().size());
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private double x(double second) {
    return LEFT + second / seconds * WIDTH;
  }

  private double second(long time) {
    return (time - begin) / 1e9;
  }

  private static double y(double millis) {
    double bounded = Math.clamp(millis, LOWEST, HIGHEST);
    double part = Math.log(bounded / LOWEST) / Math.log(HIGHEST / LOWEST);
    return TOP + LATENCY_HEIGHT * (1 - part);
  }

  private void drawFaults() {
    int number = 0;
    for (Timeline.Fault fault : result.timeline().faults()) {
      double from = x(second(fault.begin()));
      double width = Math.max(1, x(second(fault.end())) - from);
      add(
          "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='#f3d9d9'><title>%s</title></rect>",
          from, TOP, width, BOTTOM - TOP, fault.what());
      if (result.timeline().faults().size() <= 12) {
        add(
            "<text x='%.1f' y='%d' fill='#a33'>%s</text>",
            from, TOP - 4 - 12 * (number++ % 2), fault.what());
      }
    }
  }

  private void drawLatencyAxis() {
    for (double millis : List.of(0.1, 1.0, 10.0, 100.0, 1_000.0, 10_000.0)) {
      add(
          "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#ddd'/>",
          LEFT, LEFT + WIDTH, y(millis), y(millis));
      String label = millis < 1_000 ? number(millis) + " ms" : number(millis / 1e3) + " s";
      add("<text x='%d' y='%.1f' text-anchor='end'>%s</text>", LEFT - 6, y(millis) + 4, label);
    }
  }

  private static String number(double value) {
    return value < 1 ? Double.toString(value) : Long.toString((long) value);
  }

  private void drawTimeAxis() {
    double step = seconds > 200 ? 60 : seconds > 60 ? 20 : 5;
    for (double second = 0; second < seconds; second += step) {
      add(
          "<text x='%.1f' y='%d' text-anchor='middle'>%.0f s</text>",
          x(second), BOTTOM + 16, second);
    }
    add(
        "<line x1='%d' x2='%d' y1='%d' y2='%d' stroke='black'/>",
        LEFT, LEFT + WIDTH, BOTTOM, BOTTOM);
  }

  /** Requests through the balancer that took long, one by one. */
  private void drawDots() {
    result.samples().stream()
        .filter(sample -> sample.promised() && sample.millis() > 100)
        .forEach(
            sample ->
                add(
                    "<circle cx='%.1f' cy='%.1f' r='1.5' fill='%s'/>",
                    x(second(sample.end())),
                    y(sample.millis()),
                    sample.failed() ? "#d00" : "#555"));
  }

  private void drawLine(double quantile, String colour, String label) {
    TreeMap<Integer, List<Double>> buckets =
        result.samples().stream()
            .filter(Sample::promised)
            .collect(
                Collectors.groupingBy(
                    sample -> (int) (second(sample.end()) / bucket),
                    TreeMap::new,
                    Collectors.mapping(Sample::millis, Collectors.toList())));
    String points =
        buckets.entrySet().stream()
            .map(
                entry ->
                    String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        x((entry.getKey() + 0.5) * bucket),
                        y(quantile(entry.getValue(), quantile))))
            .collect(Collectors.joining(" "));
    add("<polyline points='%s' fill='none' stroke='%s'/>", points, colour);
    int offset = quantile < 0.9 ? 0 : 60;
    add(
        "<text x='%d' y='18' fill='%s' text-anchor='end'>%s</text>",
        LEFT + WIDTH - offset, colour, label);
  }

  private static double quantile(List<Double> values, double quantile) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(quantile * sorted.size())));
  }

  /** Failures a second: red those that must not be, grey those that may. */
  private void drawFailures() {
    TreeMap<Integer, long[]> buckets = new TreeMap<>();
    result.samples().stream()
        .filter(Sample::failed)
        .forEach(
            sample ->
                buckets
                    .computeIfAbsent((int) (second(sample.end()) / bucket), _ -> new long[2])[
                    sample.promised() ? 0 : 1]++);
    long most = buckets.values().stream().mapToLong(pair -> pair[0] + pair[1]).max().orElse(0);
    add(
        "<text x='%d' y='%d'>failures a second: through the balancer red, others grey; at most"
            + " %.0f</text>",
        LEFT, BOTTOM - FAILURE_HEIGHT - 8, most / bucket);
    double width = Math.max(1, bucket / seconds * WIDTH);
    buckets.forEach(
        (number, pair) -> {
          double red = (double) FAILURE_HEIGHT * pair[0] / most;
          double grey = (double) FAILURE_HEIGHT * pair[1] / most;
          bar(x(number * bucket), BOTTOM - red, width, red, "#d00");
          bar(x(number * bucket), BOTTOM - red - grey, width, grey, "#999");
        });
  }

  private void bar(double x, double y, double width, double height, String colour) {
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
        x, y, width, height, colour);
  }
}
