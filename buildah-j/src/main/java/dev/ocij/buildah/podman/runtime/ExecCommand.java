package dev.ocij.buildah.podman.runtime;

import dev.ocij.buildah.podman.Values;
import dev.ocij.term.Command;
import dev.ocij.term.Options;

/// `exec ID`: one more program in a container, which is not there yet.
final class ExecCommand implements Command {
  private final Options options =
      Options.of(this, "One more program; not implemented yet.").stoppingAtFirstArgument();

  ExecCommand() {
    options.arguments("ID", 0, "of the container, and the program");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    throw Values.notYet("runtime exec");
  }
}
