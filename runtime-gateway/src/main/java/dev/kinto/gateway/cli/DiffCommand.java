package dev.kinto.gateway.cli;

import dev.kinto.gateway.contracts.Contracts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff}: does a new release break anybody (contract C41)? */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two releases of a microservice, or of a whole folder of them. Errors are breaking"
          + " changes, notes are compatible ones.",
      "Between folders, a change of what is set is an error only if somebody in NEW reads it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing breaks",
      "1:breaking changes, or with --strict warnings",
      "2:wrong use, or a file could not be read"
    })
public final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private FindingFormat format;

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "The manifest, jar or folder of today.")
  private Path older;

  @Parameters(index = "1", paramLabel = "NEW", description = "The manifest, jar or folder to come.")
  private Path newer;

  /** Made by picocli's factory, which then fills in the options. */
  @SuppressWarnings("NullAway.Init") // picocli sets what is required before it calls call()
  public DiffCommand() {}

  @Override
  public Integer call() {
    return FindingReport.of(
        () -> Contracts.read(List.of(older)).diffTo(Contracts.read(List.of(newer))),
        format,
        spec,
        "Nothing has changed for anybody.");
  }
}
