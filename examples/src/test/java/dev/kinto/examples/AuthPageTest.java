package dev.kinto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kinto.examples.auth.AuthService;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/auth.md, in their order, print what the page says. */
final class AuthPageTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile("\"token\": *\"([^\"]+)\"|(?i:kinto-token): (\\S+)");

  @TempDir Path folder;

  /**
   * A paragraph of the page.
   *
   * @param text what is run: comments, and a command of one or more lines
   * @param output the comments behind it, which are what it prints; empty if the page does not say
   */
  private record Command(String text, String output) {
    static Command of(String paragraph) {
      List<String> lines = paragraph.lines().toList();
      int last = lines.size();
      while (last > 0 && lines.get(last - 1).startsWith("# ")) {
        last--;
      }
      return new Command(
          String.join("\n", lines.subList(0, last)),
          lines.subList(last, lines.size()).stream()
              .map(line -> line.substring(2))
              .collect(Collectors.joining("\n")));
    }

    /** Whether it printed what it should; three dots in one sign stand for anything. */
    boolean prints(String said) {
      String pattern =
          Arrays.stream(output.split("…", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      return Pattern.compile(pattern, Pattern.DOTALL).matcher(said.replace("\r", "")).matches();
    }
  }

  @Test
  void theCommandsPrintWhatThePageSays() throws Exception {
    assumeTrue(hasProgram("curl") && hasProgram("sh"), "There is no curl or no sh on the PATH.");
    String articlesManifest =
        Path.of(AuthService.manifest()).resolveSibling("articles.json").toString();
    try (RunningService auth = new RunningService(AuthService.routes());
        ServiceProcess articles = ServiceProcess.articles(folder);
        RunningGateway gateway =
            RunningGateway.start(
                folder,
                Map.of(
                    "auth", new RunningGateway.Service(AuthService.manifest(), auth.url()),
                    "articles", new RunningGateway.Service(articlesManifest, articles.url())))) {
      String token = "";
      for (Command command : commands()) {
        String said = run(command.text(), gateway.api(), token);
        assertTrue(command.prints(said), () -> command + " printed " + said);
        Matcher issued = TOKEN.matcher(said);
        if (issued.find()) {
          token = issued.group(1) != null ? issued.group(1) : issued.group(2);
        }
      }
    }
  }

  /** What calls the gateway; the page's first paragraph says where it is. */
  private static List<Command> commands() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "auth.md"));
    List<Command> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      for (String paragraph : block.group(1).split("\n\n")) {
        commands.add(Command.of(paragraph));
      }
    }
    assertEquals("API=http://127.0.0.1:8080", commands.removeFirst().text());
    assertTrue(commands.size() > 5, "commands of docs/auth.md");
    return commands;
  }

  private static String run(String command, String api, String token) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("API", api, "TOKEN", token, "NO_PROXY", "*"));
    byte[] said = builder.start().getInputStream().readAllBytes();
    return new String(said, StandardCharsets.UTF_8);
  }

  private static boolean hasProgram(String name) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv("PATH"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
  }
}
