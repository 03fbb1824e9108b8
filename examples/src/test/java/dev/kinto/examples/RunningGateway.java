package dev.kinto.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The gateway in a process of its own, on free ports. */
public final class RunningGateway implements AutoCloseable {
  public static final String CLIENT = "demo-web";
  public static final String SECRET = "demo-secret";

  private static final String HASH =
      "sha256:cd577fe2561ebff23505db0bb006300c7cdecbd46bc0e03c449afafaca2c25bf";

  private final Process process;
  private final Path errors;
  private final String api;

  private RunningGateway(Process process, Path errors) throws IOException {
    this.process = process;
    this.errors = errors;
    this.api = address("api");
  }

  /** Starts it with one environment; waits until it listens. */
  public static RunningGateway start(Path folder, Map<String, Service> services)
      throws IOException {
    StringBuilder config =
        new StringBuilder(
            """
            listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
            dataDirectory: data
            clients: [ { id: %s, environment: demo, secretHash: "%s" } ]
            environments:
              demo:
                services:
            """
                .formatted(CLIENT, HASH));
    services.forEach((name, service) -> config.append(service.lines(name)));
    return start(folder, config.toString());
  }

  /** Starts it with a configuration, whose paths are relative to the folder. */
  static RunningGateway start(Path folder, String config) throws IOException {
    Files.writeString(folder.resolve("gateway.yaml"), config);
    Path errors = folder.resolve("gateway-errors.txt");
    Process process =
        new ProcessBuilder(command("serve", "--config", "gateway.yaml"))
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    return new RunningGateway(process, errors);
  }

  /**
   * Where a service is.
   *
   * @param manifest the jar or file; empty: the gateway asks the service for it
   */
  public record Service(String manifest, String url) {
    private String lines(String name) {
      String line = manifest.isEmpty() ? "" : "        manifest: \"" + manifest + "\"\n";
      return "      " + name + ":\n" + line + "        upstreams: [ \"" + url + "\" ]\n";
    }
  }

  /** A command of the gateway's, with the doors that its jar's manifest opens. */
  public static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.kinto.gateway.Main");
    command.addAll(List.of(arguments));
    return command;
  }

  public String api() {
    return api;
  }

  private String address(String listener) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String start = listener + " listening on ";
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
    throw new AssertionError("The gateway did not start:\n" + Files.readString(errors));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
