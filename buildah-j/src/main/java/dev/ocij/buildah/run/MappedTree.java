package dev.ocij.buildah.run;

import dev.ocij.linux.Directory;
import dev.ocij.runtime.IdMap;
import dev.ocij.runtime.IdMaps;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What belongs to the root of a container in a user namespace of its own.
final class MappedTree {
  private MappedTree() {}

  /// @throws OciException where a container cannot have such a namespace, or not yet
  static void check(RunRequest request, Isolation isolation) {
    if (request.container().ids() == null && request.automaticIds() == null) {
      return;
    }
    if (!isolation.allowsMounts() || IdMap.ofProcess("uid").size() < 2) {
      throw new OciException(
          Category.IMPOSSIBLE,
          "run in a user namespace of its own: there are no subordinate ids here; /etc/subuid and"
              + " /etc/subgid need a line for the user");
    }
    boolean joins =
        !request.namespaces().owners().isEmpty() || !request.container().joined().isEmpty();
    if (joins || request.container().network().startsWith("ns:")) {
      refuse("in namespaces of others: only who owns those may join them");
    }
    if (request.pod() != null && !request.pod().infra()) {
      refuse("in a pod: its containers share the user namespace that its network belongs to");
    }
    if (request.volumes().stream().anyMatch(volume -> volume.propagation().endsWith("shared"))) {
      refuse("with a shared mount: nothing that is mounted in it is seen outside");
    }
    if (request.runtime() != null) {
      refuse("by another runtime: not implemented yet");
    }
  }

  private static void refuse(String what) {
    throw new OciException(Category.UNSUPPORTED, "run in a user namespace of its own and " + what);
  }

  /// Gives a file or folder, where there is one, to the container's root.
  static void giveRoot(Path path, @Nullable IdMaps ids) throws IOException {
    var parent = path.getParent();
    if (ids != null && parent != null && Files.exists(path)) {
      try (var directory = Directory.open(parent)) {
        directory.setOwner(String.valueOf(path.getFileName()), ids.uid(0), ids.gid(0));
      }
    }
  }
}
