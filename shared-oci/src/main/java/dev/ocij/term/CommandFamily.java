package dev.ocij.term;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/// A command that has commands of its own, as `podman-j volume create`.
public final class CommandFamily implements Command {
  private final String name;
  private final String description;
  private final Options options;
  private final Supplier<List<String>> words;
  private final Commands commands;
  private final ErrorReport errors;

  /// @param name with the program's, as `podman-j volume`
  public CommandFamily(String name, String description, Commands commands, ErrorReport errors) {
    this.name = name;
    this.description = description;
    this.options = Options.of(this, description).ofFamily();
    this.words = options.arguments("COMMAND", 0, "and its options and arguments");
    this.commands = commands;
    this.errors = errors;
  }

  @Override
  public Options options() {
    return options;
  }

  Map<String, CommandSpec> commands() {
    return commands.all();
  }

  @Override
  public Integer call() {
    return new Program(name, "", Options.ofProgram(description), commands, errors)
        .run(options.out(), options.err(), words.get().toArray(String[]::new));
  }
}
