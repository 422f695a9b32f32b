package dev.ocij.buildah.podman.runtime;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import java.io.IOException;
import java.util.function.Supplier;

/// `start ID`: tells the program of a container to begin.
final class StartCommand implements Command {
  private final Options options = Options.of(this, "Tell the program of a container to begin.");
  private final Supplier<String> id = options.argument("ID", "of the container");
  private final RuntimeFlags flags;

  StartCommand(RuntimeFlags flags) {
    this.flags = flags;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var folder = flags.folder(id.get(), System.getenv());
    var status = folder.read().status(folder.waits());
    if (!status.equals("created")) {
      throw new OciException(
          OciException.Category.USAGE,
          "start container %s: it is %s, not created".formatted(Quoted.of(id.get()), status));
    }
    folder.start();
    return ExitCode.OK;
  }
}
