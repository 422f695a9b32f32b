package dev.ocij.buildah.podman.kube;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;

/// `kube down FILE`: stops and removes the pods that `kube play` made of a file.
final class DownCommand implements Command {
  private final Options options =
      Options.of(this, "Remove pods that a file of Kubernetes describes.");
  private final KubeSource source = new KubeSource(options);
  private final StoreFlags store;

  DownCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    new PodRemoval(store.store(), options.out()).remove(source.read(false));
    return ExitCode.OK;
  }
}
