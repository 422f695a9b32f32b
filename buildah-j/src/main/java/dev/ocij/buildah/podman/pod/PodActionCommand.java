package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.life.PodLife;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.Pods;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.function.Function;

/// A command that does one thing to pods, and prints their names as they were given.
final class PodActionCommand implements Command {
  private final Options options;
  private final PodArguments arguments;
  private final StoreFlags store;
  private final Action action;

  /// What is done to a pod.
  @FunctionalInterface
  interface Action {
    void on(PodLife life, Pod pod) throws IOException, InterruptedException;
  }

  /// @param action declares options of its own
  PodActionCommand(StoreFlags store, String description, Function<Options, Action> action) {
    this.store = store;
    this.options = Options.of(this, description);
    this.arguments = new PodArguments(options);
    this.action = action.apply(options);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var opened = store.store();
    var pods = new Pods(opened);
    var life = new PodLife(pods, new Containers(opened));
    var failures =
        arguments.forEach(
            pods,
            (pod, given) -> {
              action.on(life, pod);
              options.out().println(given);
            });
    return failures.all().isEmpty() ? ExitCode.OK : ExitCode.TOOL_FAILED;
  }
}
