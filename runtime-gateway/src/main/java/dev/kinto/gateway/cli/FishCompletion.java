package dev.kinto.gateway.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion of a program for fish: lines of its builtin {@code complete}. */
final class FishCompletion {
  private final String program;
  private final List<String> lines = new ArrayList<>();

  FishCompletion(String program) {
    this.program = program;
  }

  /** The whole script. */
  String of(CommandSpec root) {
    lines.add("# Completion of " + program + " for fish.");
    command(root, "");
    return String.join("\n", lines) + "\n";
  }

  /**
   * One command with its options and what is below it.
   *
   * @param given what must have been typed: fish's conditions, empty for the program itself
   */
  private void command(CommandSpec command, String given) {
    List<CommandLine> below = visible(command);
    List<String> names = below.stream().map(CommandLine::getCommandName).toList();
    String here = and(given, names.isEmpty() ? "" : "not " + seen(String.join(" ", names)));
    for (CommandLine each : below) {
      add(
          here,
          "-f -a "
              + each.getCommandName()
              + description(each.getCommandSpec().usageMessage().description()));
    }
    command.options().forEach(option -> option(option, here));
    if (below.isEmpty()) {
      command.positionalParameters().forEach(each -> add(here, values(each)));
    }
    below.forEach(each -> command(each.getCommandSpec(), and(given, seen(each.getCommandName()))));
  }

  private static List<CommandLine> visible(CommandSpec command) {
    return command.subcommands().values().stream()
        .distinct()
        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
        .toList();
  }

  private void option(OptionSpec option, String here) {
    String names =
        String.join(
            " ", Stream.of(option.names()).map(FishCompletion::name).toArray(String[]::new));
    boolean takesValue = option.arity().max() > 0;
    add(
        here,
        names + (takesValue ? " -r " + values(option) : " -f") + description(option.description()));
  }

  private static String name(String name) {
    return name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1);
  }

  /** What may stand there: words, files, or anything. */
  private static String values(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    if (candidates != null) {
      return "-f -a " + quoted(String.join(" ", candidates));
    }
    Class<?> type =
        argument.typeInfo().isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
    return type == Path.class || argument.paramLabel().contains("FILE") ? "-F" : "-f";
  }

  private static String description(String[] lines) {
    return lines.length == 0 ? "" : " -d " + quoted(String.join(" ", lines));
  }

  private void add(String condition, String rest) {
    String when = condition.isEmpty() ? "" : " -n " + quoted(condition);
    lines.add("complete -c " + program + when + " " + rest);
  }

  private static String and(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "; and " + second;
  }

  private static String seen(String names) {
    return "__fish_seen_subcommand_from " + names;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
