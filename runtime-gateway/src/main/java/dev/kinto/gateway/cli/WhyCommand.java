package dev.kinto.gateway.cli;

import dev.kinto.gateway.log.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code why}: what became of a request, asked of a running gateway (contract C45). */
@Command(
    name = "why",
    description = {
      "Says what became of a request, and why, by its Kinto-Request-Id.",
      "The operator's secret is in the variable KINTO_ADMIN_SECRET, or in a file."
    },
    mixinStandardHelpOptions = true)
public final class WhyCommand implements Callable<Integer> {
  private static final String VARIABLE = "KINTO_ADMIN_SECRET";
  private static final String ID = "[0-9a-f]{32}";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Parameters(
      paramLabel = "REQUEST-ID",
      description = "The id: 32 hex digits, in each answer's Kinto-Request-Id.")
  private String requestId;

  @Option(
      names = "--admin",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9090",
      description = "The gateway's admin listener (default: ${DEFAULT-VALUE}).")
  private URI admin;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "The file that holds the operator's secret.")
  private @Nullable Path secretFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (!requestId.matches(ID)) {
      throw wrong("A request id has 32 hex digits. Found: \"" + requestId + "\"");
    }
    HttpRequest request = request();
    PrintWriter err = spec.commandLine().getErr();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return answer(client.send(request, BodyHandlers.ofString()));
    } catch (ConnectException e) {
      err.println("Nobody answers at " + admin + ". Is this the admin listener of a gateway?");
    } catch (IOException e) {
      err.println(VisibleText.of("The gateway at " + admin + " cannot be asked: " + e));
    }
    return 1;
  }

  private HttpRequest request() {
    try {
      return HttpRequest.newBuilder(admin.resolve("/api/requests/" + requestId))
          .header("Authorization", "Bearer " + secret())
          .timeout(PATIENCE)
          .build();
    } catch (IllegalArgumentException e) {
      throw wrong(
          "--admin wants an address, for instance http://127.0.0.1:9090, and the secret is one line"
              + " of printable characters.");
    }
  }

  private String secret() {
    if (secretFile == null) {
      String secret = System.getenv(VARIABLE);
      if (secret == null || secret.isBlank()) {
        throw wrong(
            "The operator's secret is missing: set " + VARIABLE + ", or give --secret-file.");
      }
      return secret.strip();
    }
    try {
      return Files.readString(secretFile).strip();
    } catch (IOException e) {
      throw wrong("The file " + secretFile + " cannot be read.");
    }
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  private int answer(HttpResponse<String> response) {
    JsonNode json = json(response.body());
    if (response.statusCode() == 200 && json.path("why").isString()) {
      spec.commandLine().getOut().println(VisibleText.of(json.path("why").stringValue()));
      return 0;
    }
    spec.commandLine()
        .getErr()
        .println(
            VisibleText.of(
                json.path("detail").isString()
                    ? json.path("detail").stringValue()
                    : "This is no admin listener of a gateway: it answered "
                        + response.statusCode()
                        + "."));
    return response.statusCode() == 401 ? 2 : 1;
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JacksonException e) {
      return new JsonMapper().createObjectNode();
    }
  }
}
