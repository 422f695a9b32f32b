package dev.ocij.buildah.podman.kube;

import java.util.List;

/// A pod of a document, as the commands that make it.
///
/// @param create options of `pod create`, without its network and ports
/// @param onHost whether its network is this machine's, unless something else is asked for
/// @param ports as `--publish` has them
/// @param volumes of its containers
/// @param containers in the order in which they are made, those that come first before the others
record PlayedPod(
    String name,
    List<String> create,
    boolean onHost,
    List<String> ports,
    List<PodVolume> volumes,
    List<PlayedContainer> containers) {
  PlayedPod {
    create = List.copyOf(create);
    ports = List.copyOf(ports);
    volumes = List.copyOf(volumes);
    containers = List.copyOf(containers);
  }

  /// A container of the pod.
  ///
  /// @param initial whether it ends before others start
  /// @param options of `create`
  /// @param image and what follows it
  record PlayedContainer(boolean initial, List<String> options, List<String> image) {
    PlayedContainer {
      options = List.copyOf(options);
      image = List.copyOf(image);
    }
  }
}
