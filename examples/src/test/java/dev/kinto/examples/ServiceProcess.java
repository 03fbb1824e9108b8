package dev.kinto.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A microservice in a process of its own, on a free port that it prints. */
final class ServiceProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private ServiceProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the example's articles. */
  static ServiceProcess articles(Path folder) throws IOException {
    return start(
        folder,
        "articles listening on ",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.kinto.examples.articles.Articles");
  }

  /**
   * Starts a JVM, and waits until it listens.
   *
   * @param announcement what it prints before its port
   */
  static ServiceProcess start(Path folder, String announcement, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
    return start(folder, announcement, command);
  }

  /** Starts a program. */
  static ServiceProcess start(Path folder, String announcement, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("PORT", "0");
    Process process = builder.start();
    Pattern port = Pattern.compile(Pattern.quote(announcement) + "(?:http://127.0.0.1:)?(\\d+)");
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      Matcher matcher = port.matcher(line);
      if (matcher.find()) {
        return new ServiceProcess(process, Integer.parseInt(matcher.group(1)));
      }
    }
    throw new AssertionError("It did not start:\n" + said);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
