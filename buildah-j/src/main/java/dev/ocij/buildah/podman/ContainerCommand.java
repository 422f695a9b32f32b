package dev.ocij.buildah.podman;

import dev.ocij.term.Command;
import dev.ocij.term.Commands;
import dev.ocij.term.Options;
import dev.ocij.term.Program;
import dev.ocij.term.StoreFlags;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `container COMMAND`: the commands about containers by their long names.
final class ContainerCommand implements Command {
  private final Options options =
      Options.of(
              this, "Work with containers. Each command has a help of its own: container --help.")
          .stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("COMMAND", 0, "and its options and arguments");
  private final StoreFlags store;
  private final Supplier<Optional<String>> runtime;

  ContainerCommand(StoreFlags store, Supplier<Optional<String>> runtime) {
    this.store = store;
    this.runtime = runtime;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    var given = words.get().isEmpty() ? List.of("--help") : words.get();
    return new Program(
            "podman-j container",
            "",
            Options.ofProgram("Work with containers."),
            commands(),
            new PodmanErrors().tracing(store::isDebugging))
        .run(options.out(), options.err(), given.toArray(String[]::new));
  }

  private Commands commands() {
    return ContainerCommands.all(store, runtime)
        .with("list", () -> new PsCommand(store))
        .with("ls", () -> new PsCommand(store))
        .with("exists", () -> new ContainerExistsCommand(store))
        .with("inspect", () -> new InspectCommand(List.of(new InspectedContainer(store::store))))
        .with("prune", () -> new ContainerPruneCommand(store));
  }
}
