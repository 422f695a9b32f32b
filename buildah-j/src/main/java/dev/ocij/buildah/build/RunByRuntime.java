package dev.ocij.buildah.build;

import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.TreePath;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.rootless.ExternalRuntime;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.spec.OciException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Commands that an installed runtime runs in place of this program, each in a container that the
/// runtime forgets.
public record RunByRuntime(ExternalRuntime runtime) {

  /// A runtime mounts, and it knows nothing of a record of owners.
  ///
  /// @throws OciException where it cannot run anything here
  public static void require(Isolation isolation, Runner runner) {
    isolation.requireMounts("--runtime");
    if (runner.keepsOwners()) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "--runtime: only one user id is mapped, and owners stand in a record that a runtime does"
              + " not know; add a line to /etc/subuid, or leave the option out");
    }
  }

  /// Returns when the container is there. What the runtime remembers is in the bundle, and goes
  /// with it.
  ///
  /// @throws dev.ocij.runtime.rootless.StartException where the command did not begin
  public RunningContainer start(Bundle bundle, Stdio stdio) {
    return runtime
        .with("--root=" + bundle.directory().toAbsolutePath().resolve("runtime"))
        .start(bundle, "ocij-" + UUID.randomUUID(), stdio);
  }

  /// What a runtime makes for mounts, and tells nobody: of the places that something is mounted on
  /// and the folders around, those that are not there below.
  public static List<String> mountPoints(Bundle bundle, LayeredTree below) {
    var made = new ArrayList<String>();
    for (var mount : bundle.config().mounts()) {
      var path = below.resolveNew(mount.destination().substring(1));
      for (var up = path; !up.isEmpty() && below.lookup(up).isEmpty(); up = TreePath.parent(up)) {
        made.add("/" + up);
      }
    }
    return made;
  }
}
