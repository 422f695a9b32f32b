package dev.ocij.buildah.run;

import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.spec.OciException;
import java.io.IOException;

/// A container that another is to share a namespace with.
///
/// @param config that it runs by
public record NamespaceOwner(ContainerState state, RuntimeConfig config) {
  /// @param type in the words of the runtime-spec
  /// @throws OciException where there is no such container, or it keeps that to itself
  public static NamespaceOwner find(String name, String type, Containers containers)
      throws IOException {
    var state = containers.find(name);
    if (type.equals("ipc") && !state.settings().namespaces().sharesIpc()) {
      throw new OciException(
          OciException.Category.USAGE,
          ("joining IPC of container %s is not allowed: non-shareable IPC (hint: use"
                  + " IpcMode:shareable for the donor container)")
              .formatted(state.id()));
    }
    return new NamespaceOwner(state, ContainerFolder.config(containers.directory(state)));
  }

  /// Whether it has one that is not the host's.
  public boolean has(String type) {
    return config.linux().has(type);
  }

  /// How `inspect` names it.
  public String mode() {
    return NamespaceModes.CONTAINER + state.id();
  }
}
