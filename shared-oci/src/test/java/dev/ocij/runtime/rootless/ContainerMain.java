package dev.ocij.runtime.rootless;

import dev.ocij.runtime.Bundles;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.spec.ContainerConfig;
import java.nio.file.Path;
import java.util.List;

/// Runs `sh -c SCRIPT` on a root file system, for a JVM in other circumstances than the tests':
/// `FOLDER USER SCRIPT`.
final class ContainerMain {
  private ContainerMain() {}

  public static void main(String[] args) {
    var folder = Path.of(args[0]);
    var request =
        ContainerRequest.of(List.of("sh", "-c", args[2])).with(draft -> draft.user = args[1]);
    var bundle = Bundles.of(folder, folder.resolve("rootfs"), ContainerConfig.EMPTY, request);
    var isolation = Isolation.probe();
    System.err.println(isolation);
    System.exit(Runner.of(isolation).run(bundle, Stdio.inherited()));
  }
}
