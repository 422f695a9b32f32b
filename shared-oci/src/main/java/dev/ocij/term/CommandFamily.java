package dev.ocij.term;

import dev.ocij.spec.OciException;
import java.util.List;
import java.util.function.Supplier;

/// A command that has commands of its own, as `podman-j volume create`.
public final class CommandFamily implements Command {
  private final String name;
  private final String description;
  private final Options options;
  private final Supplier<List<String>> words;
  private final Commands commands;
  private final ErrorReport errors;
  private boolean helping;

  /// @param name with the program's, as `podman-j volume`
  public CommandFamily(String name, String description, Commands commands, ErrorReport errors) {
    this.name = name;
    this.description = description;
    this.options = Options.of(this, description).stoppingAtFirstArgument();
    this.words = options.arguments("COMMAND", 0, "and its options and arguments");
    this.commands = commands;
    this.errors = errors;
  }

  /// Without a command, the help is what was asked for.
  public CommandFamily helping() {
    helping = true;
    return this;
  }

  @Override
  public Options options() {
    return options;
  }

  /// Without a command the help is shown, and that something is missing.
  @Override
  public Integer call() {
    if (words.get().isEmpty()) {
      int status = run("--help");
      if (helping) {
        return status;
      }
      options.out().flush();
      throw new OciException(
          OciException.Category.USAGE, "missing command '%s COMMAND'".formatted(name));
    }
    return run(words.get().toArray(String[]::new));
  }

  private int run(String... given) {
    return new Program(name, "", Options.ofProgram(description), commands, errors)
        .run(options.out(), options.err(), given);
  }
}
