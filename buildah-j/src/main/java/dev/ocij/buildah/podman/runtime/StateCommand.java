package dev.ocij.buildah.podman.runtime;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoJson;
import java.io.IOException;
import java.util.function.Supplier;

/// `state ID`: tells what a container is doing, as runtime-spec has it.
final class StateCommand implements Command {
  private final Options options = Options.of(this, "Tell what a container is doing.");
  private final Supplier<String> id = options.argument("ID", "of the container");
  private final RuntimeFlags flags;

  StateCommand(RuntimeFlags flags) {
    this.flags = flags;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var folder = flags.folder(id.get(), System.getenv());
    options.out().println(GoJson.indented(folder.read().json(folder.waits()), 2));
    return ExitCode.OK;
  }
}
