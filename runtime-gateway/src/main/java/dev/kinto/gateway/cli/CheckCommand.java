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

/** {@code check}: do these microservices understand each other (contract C41)? */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the contracts between microservices: that somebody sets what others require, and that"
          + " types, sizes and names agree.",
      "docs/contracts.md explains every finding."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no errors, perhaps warnings and notes",
      "1:errors, or with --strict warnings",
      "2:wrong use, or a file could not be read"
    })
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private FindingFormat format;

  @Parameters(
      arity = "1..*",
      paramLabel = "MANIFEST",
      description = "Manifests, folders that are searched for them, and jars that hold them.")
  private List<Path> manifests;

  /** Made by picocli's factory, which then fills in the options. */
  @SuppressWarnings("NullAway.Init") // picocli sets what is required before it calls call()
  public CheckCommand() {}

  @Override
  public Integer call() {
    return FindingReport.of(
        () -> Contracts.read(manifests).check(), format, spec, "All contracts hold.");
  }
}
