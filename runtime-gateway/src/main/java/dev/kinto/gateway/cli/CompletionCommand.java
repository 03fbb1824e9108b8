package dev.kinto.gateway.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: what a shell needs to complete the commands and options of this program. */
@Command(
    name = "completion",
    description = {
      "Prints the completion of a shell: to be read with \"source <(kinto completion bash)\",",
      "or to be stored where the shell looks for it."
    },
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
  /** The name that people type, which is what is completed. */
  private static final String PROGRAM = "kinto";

  /** The shells that there are completions for. */
  enum Shell {
    /** GNU bash. */
    bash,
    /** Z shell. */
    zsh,
    /** The friendly interactive shell. */
    fish
  }

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine program = spec.root().commandLine();
    spec.commandLine().getOut().print(script(program));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private String script(CommandLine program) {
    return switch (shell) {
      case bash -> AutoComplete.bash(PROGRAM, program);
      case zsh -> zsh(AutoComplete.bash(PROGRAM, program));
      case fish -> new FishCompletion(PROGRAM).of(program.getCommandSpec());
    };
  }

  /**
   * The script for bash knows zsh's {@code bashcompinit}. As a file {@code _kinto} on the {@code
   * fpath} it is only run when something is to be completed, so it completes that at its end.
   */
  private static String zsh(String bash) {
    String function = "_complete_" + PROGRAM;
    return "#compdef "
        + PROGRAM
        + "\n"
        + bash
        + "\n[ \"${funcstack[1]-}\" != _"
        + PROGRAM
        + " ] || _bash_complete -o default -F "
        + function
        + "\n";
  }
}
