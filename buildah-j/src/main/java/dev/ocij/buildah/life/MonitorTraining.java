package dev.ocij.buildah.life;

import dev.ocij.buildah.run.Containers;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.spec.OciException;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Path;

/// Watches containers from their start to their end in one virtual machine, for it to write down
/// which classes a [Monitor] needs. Only the build starts this, when it makes the monitor's cache.
final class MonitorTraining {
  private MonitorTraining() {}

  /// The arguments are the directory of a store and names of containers that were created in it.
  /// One that is not there is left out: the machine may not allow containers.
  public static void main(String[] args) throws IOException {
    var containers = new Containers(Store.open(Path.of(args[0])));
    for (int i = 1; i < args.length; i++) {
      try {
        var directory = containers.directory(containers.find(args[i]));
        Monitor.watch(directory, false, Isolation.probe());
      } catch (OciException e) {
        System.err.printf("train with \"%s\": %s%n", args[i], e.sentence());
      }
    }
  }
}
