package dev.ocij.buildah.podman.runtime;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import java.io.IOException;
import java.util.function.Supplier;

/// `create ID`: makes a container whose program waits for `start`.
final class CreateCommand implements Command {
  private final Options options = Options.of(this, "Make a container that waits for its start.");
  private final Supplier<String> id = options.argument("ID", "of the container");
  private final Creation creation = new Creation(options);
  private final RuntimeFlags flags;

  CreateCommand(RuntimeFlags flags) {
    this.flags = flags;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    creation.create(flags.folder(id.get(), System.getenv()), id.get());
    return ExitCode.OK;
  }
}
