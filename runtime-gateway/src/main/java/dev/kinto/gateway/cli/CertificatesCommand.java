package dev.kinto.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grid certificates}: a set of certificates with which a grid can be tried (C38). */
@Command(
    name = "certificates",
    mixinStandardHelpOptions = true,
    description = {
      "Makes certificates with which the nodes of a grid know each other: an authority, and for",
      "each host a certificate with its key, all in PEM files.",
      "Run it again with the same DIR and other hosts, and the same authority signs for them.",
      "The set is meant for trials: whoever reads DIR/ca-key.pem can join the grid. In production",
      "let the authority that your company has sign the certificates, or keep that key elsewhere."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the files were written", "2:wrong use, or a file could not be written"})
public final class CertificatesCommand implements Callable<Integer> {
  private static final int GOOD = 0;
  private static final int WRONG_USE = 2;
  private static final int MOST_DAYS = 3650;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "Where to write the files. Missing folders are made.")
  private Path folder;

  @Option(
      names = "--hosts",
      required = true,
      split = ",",
      paramLabel = "HOST",
      description = {
        "The nodes, each by a name or an address: gateway-0,gateway-1,10.0.0.7. One with several"
            + " is",
        "written with slashes: gateway-0/10.0.0.5. Data nodes and the gateways that use them both",
        "need a certificate."
      })
  private List<String> hosts;

  @Option(
      names = "--days",
      defaultValue = "365",
      paramLabel = "DAYS",
      description = "How long the certificates are good (default: ${DEFAULT-VALUE}).")
  private int days;

  /** Made by picocli's factory, which then fills in the options. */
  @SuppressWarnings("NullAway.Init") // picocli sets what is required before it calls call()
  CertificatesCommand() {}

  @Override
  public Integer call() {
    List<CertificateHost> wanted = wanted();
    try {
      Files.createDirectories(folder);
      refuseToOverwrite(wanted);
      CertificateSet set = CertificateSet.in(folder);
      for (CertificateHost host : wanted) {
        set.add(host, days);
      }
      print(wanted);
      return GOOD;
    } catch (FileAlreadyExistsException e) {
      return failed(
          e.getFile()
              + " is there already, and nothing is written over. Name another folder, or remove"
              + " the file if nobody uses it any more.");
    } catch (IOException | IllegalArgumentException e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private int failed(String message) {
    spec.commandLine().getErr().println("error: " + message);
    return WRONG_USE;
  }

  private List<CertificateHost> wanted() {
    if (days < 1 || days > MOST_DAYS) {
      throw Usage.wrong(spec, "--days must be 1 to " + MOST_DAYS + ". Found: " + days);
    }
    List<CertificateHost> wanted = new ArrayList<>();
    Set<String> files = new HashSet<>();
    for (String text : hosts) {
      CertificateHost host = host(text);
      if (!files.add(host.file())) {
        throw Usage.wrong(spec, "--hosts names \"" + host.name() + "\" twice.");
      }
      wanted.add(host);
    }
    return wanted;
  }

  private CertificateHost host(String text) {
    try {
      return CertificateHost.parse(text);
    } catch (IllegalArgumentException e) {
      throw Usage.wrong(spec, "--hosts: " + e.getMessage() + " Found: \"" + text + "\"");
    }
  }

  /** Before anything is made: half a set helps nobody. */
  private void refuseToOverwrite(List<CertificateHost> wanted) throws IOException {
    for (CertificateHost host : wanted) {
      for (Path file : List.of(host.certificateIn(folder), host.keyIn(folder))) {
        if (Files.exists(file)) {
          throw new FileAlreadyExistsException(file.toString());
        }
      }
    }
  }

  private void print(List<CertificateHost> made) {
    PrintWriter out = spec.commandLine().getOut();
    Path trust = CertificateSet.authorityIn(folder);
    for (CertificateHost host : made) {
      out.println("For " + host.name() + ", good for " + days + " days:");
      out.println();
      out.println("  grid:");
      out.println("    tls:");
      out.println("      certificate: " + quoted(host.certificateIn(folder)));
      out.println("      key: " + quoted(host.keyIn(folder)));
      out.println("      trust: " + quoted(trust));
      out.println();
    }
    out.println("Each node needs these three files and no other one. " + trust + " is the same");
    out.println("for all. Whoever reads " + CertificateSet.authorityKeyIn(folder));
    out.println(
        "can make members of the grid: keep it off the nodes. This is a set for trials; in");
    out.println("production use certificates of an authority that is looked after.");
  }

  /** A path as YAML reads it in double quotes. */
  private static String quoted(Path path) {
    String text = path.toAbsolutePath().normalize().toString();
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
