package dev.ocij.term;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `completion SHELL`: prints a script by which a shell completes the program's lines. It has all
/// words in it: to start a virtual machine at each press of a key would be felt.
final class CompletionCommand implements Command {
  private final Options options =
      Options.of(this, "Print a script by which a shell completes command lines.").hidden();
  private final Supplier<String> shell = options.argument("SHELL", "bash, zsh or fish");
  private final BooleanSupplier bare =
      options.flag("--no-descriptions, --no-desc", "leave out what options and commands do");
  private final String program;
  private final Options global;
  private final Commands commands;

  /// @param global the program's own options
  CompletionCommand(String program, Options global, Commands commands) {
    this.program = program;
    this.global = global;
    this.commands = commands;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    options.out().print(script().text(CompletionTree.of(global, commands)));
    return ExitCode.OK;
  }

  private CompletionScript script() {
    boolean described = !bare.getAsBoolean();
    return switch (shell.get()) {
      case "bash" -> new BashCompletion(program);
      case "zsh" -> new ZshCompletion(program, described);
      case "fish" -> new FishCompletion(program, described);
      case "powershell" ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "completion for powershell is not implemented yet; there are bash, zsh and fish");
      case String other ->
          throw new OciException(
              OciException.Category.USAGE,
              "unknown shell %s: there are bash, zsh and fish".formatted(Quoted.of(other)));
    };
  }
}
