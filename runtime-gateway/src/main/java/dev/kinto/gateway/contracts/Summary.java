package dev.kinto.gateway.contracts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Many things in few lines: the first of each kind, and how many more there are. */
public final class Summary {
  private static final int MOST_OF_A_KIND = 3;

  private Summary() {}

  /** The lines of findings, in their order. */
  public static List<String> of(List<Finding> findings, Function<Finding, String> text) {
    return lines(findings, finding -> finding.kind().id(), text);
  }

  /**
   * The lines.
   *
   * @param kind names the kind of each thing; things of one kind stand together
   * @param text the line for a thing
   */
  public static <T> List<String> lines(
      List<T> things, Function<T, String> kind, Function<T, String> text) {
    Map<String, List<T>> byKind = new LinkedHashMap<>();
    things.forEach(
        each -> byKind.computeIfAbsent(kind.apply(each), _ -> new ArrayList<>()).add(each));
    List<String> lines = new ArrayList<>();
    byKind.forEach(
        (name, all) -> {
          all.stream().limit(MOST_OF_A_KIND).map(text).forEach(lines::add);
          if (all.size() > MOST_OF_A_KIND) {
            lines.add("and " + (all.size() - MOST_OF_A_KIND) + " more [" + name + "]");
          }
        });
    return lines;
  }
}
