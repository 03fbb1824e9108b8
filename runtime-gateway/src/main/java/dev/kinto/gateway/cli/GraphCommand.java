package dev.kinto.gateway.cli;

import dev.kinto.gateway.contracts.Contracts;
import dev.kinto.gateway.contracts.Findings;
import dev.kinto.gateway.graph.ContractGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graph}: who sets what and who reads what, as a picture (contract C41). */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    description = "Draws which microservice sets which session fields, and which one reads them.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the picture was drawn",
      "1:a manifest is no good, and nothing was drawn",
      "2:wrong use, or a file could not be read or written"
    })
public final class GraphCommand implements Callable<Integer> {
  private static final int GOOD = 0;
  private static final int FOUND_MISTAKES = 1;

  /** The forms of output. */
  enum Form {
    /** A picture. */
    svg,
    /** Text that many code hosts draw in Markdown. */
    mermaid,
    /** Text for Graphviz. */
    dot
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "svg",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Form form;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it; to standard output if absent. Missing folders are made.")
  private @Nullable Path out;

  @Parameters(
      arity = "1..*",
      paramLabel = "MANIFEST",
      description = "Manifests, folders that are searched for them, and jars that hold them.")
  private List<Path> manifests;

  /** Made by picocli's factory, which then fills in the options. */
  @SuppressWarnings("NullAway.Init") // picocli sets what is required before it calls call()
  public GraphCommand() {}

  @Override
  public Integer call() {
    try {
      Contracts contracts = Contracts.read(manifests);
      Findings problems = contracts.problems();
      if (!problems.all().isEmpty()) {
        PrintWriter err = spec.commandLine().getErr();
        new FindingPrinter(err, spec.commandLine().getColorScheme().ansi()).print(problems, "");
        return FOUND_MISTAKES;
      }
      write(draw(ContractGraph.of(contracts.manifests())));
      return GOOD;
    } catch (IOException e) {
      return FindingReport.unreadable(e, spec);
    }
  }

  private String draw(ContractGraph graph) {
    return switch (form) {
      case svg -> graph.toSvg();
      case mermaid -> graph.toMermaid();
      case dot -> graph.toDot();
    };
  }

  private void write(String picture) throws IOException {
    if (out == null) {
      spec.commandLine().getOut().print(picture);
      spec.commandLine().getOut().flush();
      return;
    }
    Path folder = out.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(out, picture);
  }
}
