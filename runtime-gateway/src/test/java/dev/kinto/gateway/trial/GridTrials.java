package dev.kinto.gateway.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs trials one after the other, for {@code bench/grid/run.sh}, which says how it is called. Exit
 * code 0: everything was as promised; 1: not; 2: wrong use.
 */
public final class GridTrials {
  private static final String USAGE =
      "Arguments: --jar JAR [--old JAR] --out DIR [--length PT1M] [--seed N] [--visitors N]"
          + " [TRIAL...]";

  private final Map<String, String> options;
  private final List<Trial> trials;

  private GridTrials(Map<String, String> options, List<Trial> trials) {
    this.options = options;
    this.trials = trials;
  }

  /** Runs what the arguments say. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new TreeMap<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (!arguments[i].startsWith("--")) {
        names.add(arguments[i]);
      } else if (i + 1 < arguments.length) {
        options.put(arguments[i], arguments[++i]);
      }
    }
    List<Trial> trials = trials(options, names);
    if (!options.containsKey("--jar") || !options.containsKey("--out") || trials.isEmpty()) {
      System.err.println(USAGE);
      System.err.println(
          "Trials: " + Arrays.toString(Trials.all().stream().map(Trial::name).toArray()));
      System.exit(2);
    }
    System.exit(new GridTrials(options, trials).run() ? 0 : 1);
  }

  private static List<Trial> trials(Map<String, String> options, List<String> names) {
    List<Trial> known = new ArrayList<>(Trials.all());
    if (options.containsKey("--old")) {
      known.add(Trials.upgrade(options.get("--old"), options.getOrDefault("--jar", "")));
    }
    if (names.isEmpty()) {
      return known;
    }
    known.addAll(Trials.unpromised());
    return known.stream().filter(trial -> names.contains(trial.name())).toList();
  }

  private boolean run() throws IOException, InterruptedException {
    Path out = Files.createDirectories(Path.of(option("--out", "")).toAbsolutePath());
    List<Result> results = new ArrayList<>();
    for (Trial trial : trials) {
      System.out.println("==> " + trial.name());
      try (Network network = network(trial.shape().nodes())) {
        if (trial.needsCuts() && !network.canCut()) {
          System.out.println("    left out: it needs network namespaces (root, and iproute2)");
          continue;
        }
        Result result = run(trial, network, out.resolve(trial.name()));
        results.add(result);
        Files.writeString(out.resolve(trial.name() + ".svg"), Plot.of(result));
        Files.writeString(out.resolve("report.md"), Report.of(results));
        System.out.println("    " + result.failures());
        System.out.println(result.good() ? "    good" : result.complaint());
      }
    }
    System.out.println(Report.of(results));
    return results.stream().allMatch(Result::good);
  }

  private Result run(Trial trial, Network network, Path folder)
      throws IOException, InterruptedException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-jar",
            option("--jar", ""));
    long seed = Long.parseLong(option("--seed", "1"));
    System.out.printf(Locale.ROOT, "    seed %d, logs in %s%n", seed, folder);
    return trial.run(
        network,
        java,
        folder,
        Integer.parseInt(option("--visitors", "12")),
        Duration.parse(option("--length", "PT1M")),
        seed);
  }

  private String option(String name, String fallback) {
    return options.getOrDefault(name, fallback);
  }

  private static Network network(int nodes) {
    try {
      return NamespaceNetwork.create(nodes);
    } catch (IOException e) {
      System.out.println("    on loopback: " + e.getMessage());
      return new LoopbackNetwork();
    }
  }
}
