package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// `create [OPTIONS] IMAGE [COMMAND…]`: makes a container for `start`.
final class CreateCommand implements Command {
  private final Options options =
      Options.of(this, "Make a container and do not start it.").stoppingAtFirstArgument();
  private final ContainerFlags flags;

  CreateCommand(StoreFlags store, Supplier<Optional<String>> runtime) {
    flags = new ContainerFlags(options, store, runtime);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var request = flags.request();
    RunCommand.refuseForeign(request);
    try (var folder = flags.create(request).folder()) {
      folder.write(folder.state().in(ContainerState.Status.CREATED));
      options.out().println(folder.state().id());
    }
    return ExitCode.OK;
  }
}
