package dev.kinto.gateway.cli;

import dev.kinto.apidoc.ApidocSources;
import dev.kinto.declaration.Contract;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code import}: writes the manifest that the apidoc comments of any language declare (C41). */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a microservice's manifest from the apidoc comments in its sources.",
      "What is wrong is shown on stderr with its place: first the errors, which are about the",
      "contract and keep the manifest from being written, then the warnings."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the manifest was written, perhaps with warnings",
      "1:the comments hold errors, or no route at all",
      "2:wrong use, or a file could not be read or written"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final int GOOD = 0;
  private static final int FOUND_MISTAKES = 1;
  private static final int WRONG_USE = 2;
  private static final int SHOWN_OF_A_KIND = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--service",
      required = true,
      paramLabel = "NAME",
      converter = NameConverter.class,
      description = "The name of the microservice, which begins the names of its session fields.")
  private MicroserviceName service;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the manifest. Missing folders are made.")
  private Path out;

  @Option(
      names = "--all-warnings",
      description = "Show every warning, not only the first three of each kind.")
  private boolean allWarnings;

  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description =
          "Files, and folders that are searched for sources; node_modules, bower_components, hidden"
              + " files and _kintoignore* are passed over. Or api-data.json, which the apidoc tool"
              + " writes.")
  private List<Path> sources;

  /** Made by picocli's factory, which then fills in the options. */
  @SuppressWarnings("NullAway.Init") // picocli sets what is required before it calls call()
  public ImportCommand() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Contract contract = read();
      new MistakePrinter(err, allWarnings ? Long.MAX_VALUE : SHOWN_OF_A_KIND)
          .print(contract.mistakes());
      if (contract.manifest().isEmpty()) {
        long errors = contract.mistakes().stream().filter(each -> !each.rule().warning()).count();
        err.printf("%s. Nothing was written.%n", counted(errors, "error"));
        return FOUND_MISTAKES;
      }
      Manifest manifest = contract.manifest().get();
      if (manifest.routes().isEmpty()) {
        err.println("error: no comment with @api was found. Nothing was written.");
        return FOUND_MISTAKES;
      }
      write(manifest);
      int warnings = contract.mistakes().size();
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %s in %s%s%n",
              service,
              counted(manifest.routes().size(), "route"),
              out,
              warnings == 0 ? "" : ", with " + counted(warnings, "warning"));
      return GOOD;
    } catch (NoSuchFileException e) {
      err.println("error: there is no file or folder " + e.getFile());
      return WRONG_USE;
    } catch (IOException e) {
      err.println(
          "error: " + (e instanceof FileSystemException ? "cannot use " : "") + e.getMessage());
      return WRONG_USE;
    }
  }

  private static String counted(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  private Contract read() throws IOException {
    if (sources.stream().noneMatch(ApidocDataFile::isOne)) {
      return ApidocSources.read(service, sources);
    }
    if (sources.size() > 1) {
      throw Usage.wrong(spec, "api-data.json holds all routes already: name it alone.");
    }
    return ApidocDataFile.read(service, sources.get(0));
  }

  private void write(Manifest manifest) throws IOException {
    Path folder = out.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(out, manifest.toJson());
  }

  /** Turns the option's text into a name, or says what is wrong with it. */
  private static final class NameConverter implements ITypeConverter<MicroserviceName> {
    @Override
    public MicroserviceName convert(String text) {
      try {
        return new MicroserviceName(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
