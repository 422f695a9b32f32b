package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.Commands;
import dev.ocij.term.Options;
import dev.ocij.term.Program;
import dev.ocij.term.StoreFlags;
import java.util.List;
import java.util.function.Supplier;

/// `manifest COMMAND`: lists of images, one for each platform.
public final class ManifestCommand implements Command {
  private final Options options =
      Options.of(
              this,
              "Lists of images: create, add, annotate, remove, inspect, push, exists, rm."
                  + " Each command has a help of its own.")
          .stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("COMMAND", 0, "and its options and arguments");
  private final StoreFlags store;

  public ManifestCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    var given = words.get().isEmpty() ? List.of("--help") : words.get();
    return new Program(
            "buildah-j manifest",
            "",
            Options.ofProgram("Lists of images, one for each platform."),
            commands(),
            new BuildahErrors().tracing(store::isDebugging))
        .run(options.out(), options.err(), given.toArray(String[]::new));
  }

  private Commands commands() {
    return Commands.none()
        .with("add", () -> new ManifestAddCommand(store))
        .with("annotate", () -> new ManifestAnnotateCommand(store))
        .with("create", () -> new ManifestCreateCommand(store))
        .with("exists", () -> new ManifestExistsCommand(store))
        .with("inspect", () -> new ManifestInspectCommand(store))
        .with("push", () -> new ManifestPushCommand(store))
        .with("remove", () -> new ManifestRemoveCommand(store))
        .with("rm", () -> new ManifestRmCommand(store));
  }
}
