package dev.kinto.gateway.cli;

import dev.kinto.gateway.log.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code health}: asks a gateway or a data node how it is, for containers and scripts on machines
 * that have no other HTTP client.
 */
@Command(
    name = "health",
    description = "Asks the admin listener of a gateway or data node whether it is ready.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it is", "1:it is not, or does not answer", "2:wrong use"})
public final class HealthCommand implements Callable<Integer> {
  /** Less than what a container's runtime and systemd leave a check. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int LONGEST_TEXT = 4096;

  @Option(
      names = "--admin",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9090",
      description = "Where its admin listener is (default: ${DEFAULT-VALUE}).")
  private URI admin;

  @Option(
      names = "--live",
      description = "Only whether the process serves, not whether clients should come to it.")
  private boolean live;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (admin.getScheme() == null
        || admin.getHost() == null
        || !SCHEMES.contains(admin.getScheme())) {
      throw Usage.wrong(
          spec, "--admin must be like http://127.0.0.1:9090. Found: \"" + admin + "\"");
    }
    URI address = admin.resolve(live ? "/health/live" : "/health/ready");
    PrintWriter err = spec.commandLine().getErr();
    try {
      return ask(address, err);
    } catch (IOException e) {
      err.println(VisibleText.of(address + " does not answer: " + e.getMessage()));
      return 1;
    }
  }

  private int ask(URI address, PrintWriter err) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) PATIENCE.toMillis());
    connection.setReadTimeout((int) PATIENCE.toMillis());
    connection.setInstanceFollowRedirects(false);
    int status = connection.getResponseCode();
    String text = text(status < 400 ? connection.getInputStream() : connection.getErrorStream());
    if (status == HttpURLConnection.HTTP_OK) {
      spec.commandLine().getOut().println(VisibleText.of(text));
      return 0;
    }
    err.println(VisibleText.of(address + " answers " + status + ": " + text));
    return 1;
  }

  private static String text(InputStream body) throws IOException {
    if (body == null) {
      return "";
    }
    try (body) {
      return new String(body.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8).strip();
    }
  }
}
