package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.run.Pods;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `pod exists POD`: tells by its status whether there is such a pod.
final class PodExistsCommand implements Command {
  private static final int MISSING = 1;

  private final Options options = Options.of(this, "Tell by the exit status whether a pod exists.");
  private final Supplier<List<String>> name = options.arguments("POD", 1, "its name or id");
  private final StoreFlags store;

  PodExistsCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    try {
      new Pods(store.store()).find(name.get().getFirst());
      return ExitCode.OK;
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND) {
        return MISSING;
      }
      throw e;
    }
  }
}
