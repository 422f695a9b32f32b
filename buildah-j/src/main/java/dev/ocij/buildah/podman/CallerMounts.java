package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.VolumeMount;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RuntimeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The mounts of a container that its caller or its image asked for, not the usual ones.
///
/// @param directory of the container
record CallerMounts(Path directory, RuntimeConfig config) {
  private static final String CONTENT = "_data";

  static CallerMounts of(Containers containers, ContainerState container) throws IOException {
    var directory = containers.directory(container);
    return new CallerMounts(directory, ContainerFolder.config(directory));
  }

  List<Mount> all() {
    return config.mounts().stream().filter(this::isOfCaller).toList();
  }

  private boolean isOfCaller(Mount mount) {
    var source = mount.source();
    return "bind".equals(mount.type())
        && (!Path.of(source).startsWith(directory) || source.contains("/overlay-"))
        && !mount.destination().startsWith("/run/podman-init")
        && !mount.destination().startsWith("/sys")
        && !(mount.destination().startsWith("/dev/") && mount.destination().equals(source));
  }

  /// The name of the volume that is mounted; none where it is a part of the host.
  static Optional<String> volume(Mount mount) {
    var source = Path.of(mount.source());
    var folder = source.getParent();
    return source.endsWith(CONTENT) && folder != null
        ? Optional.of(String.valueOf(folder.getFileName()))
        : Optional.empty();
  }

  /// What another container gets that has the same volumes.
  ///
  /// @param options in place of their own, where there are some
  List<VolumeMount> shared(List<String> options) {
    var shared = new ArrayList<VolumeMount>();
    for (var mount : all()) {
      var kept = new ArrayList<>(options);
      if (options.isEmpty() && mount.options().contains("ro")) {
        kept.add("ro");
      }
      shared.add(new VolumeMount(volume(mount).orElse(mount.source()), mount.destination(), kept));
    }
    return shared;
  }
}
