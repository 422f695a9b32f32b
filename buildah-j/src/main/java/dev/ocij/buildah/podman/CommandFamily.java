package dev.ocij.buildah.podman;

import dev.ocij.term.Command;
import dev.ocij.term.Commands;
import dev.ocij.term.Options;
import dev.ocij.term.Program;
import dev.ocij.term.StoreFlags;
import java.util.List;
import java.util.function.Supplier;

/// A command that has commands of its own, as `volume create`.
final class CommandFamily implements Command {
  private final String name;
  private final String description;
  private final Options options;
  private final Supplier<List<String>> words;
  private final Commands commands;
  private final StoreFlags store;

  CommandFamily(String name, String description, Commands commands, StoreFlags store) {
    this.name = name;
    this.description = description;
    this.options = Options.of(this, description).stoppingAtFirstArgument();
    this.words = options.arguments("COMMAND", 0, "and its options and arguments");
    this.commands = commands;
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  /// Without a command the help is shown, and that something is missing.
  @Override
  public Integer call() {
    if (words.get().isEmpty()) {
      run("--help");
      options.out().flush();
      throw Values.usage("missing command 'podman-j %s COMMAND'".formatted(name));
    }
    return run(words.get().toArray(String[]::new));
  }

  private int run(String... given) {
    return new Program(
            "podman-j " + name,
            "",
            Options.ofProgram(description),
            commands,
            new PodmanErrors().tracing(store::isDebugging))
        .run(options.out(), options.err(), given);
  }
}
