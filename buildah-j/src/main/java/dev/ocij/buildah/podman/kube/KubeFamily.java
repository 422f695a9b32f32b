package dev.ocij.buildah.podman.kube;

import dev.ocij.term.Commands;
import dev.ocij.term.StoreFlags;
import java.util.function.Supplier;

/// The commands below `kube`.
public final class KubeFamily {
  private KubeFamily() {}

  /// @param containers the commands about containers, of which `create` is used
  public static Commands commands(StoreFlags store, Supplier<Commands> containers) {
    return Commands.none()
        .with("down", () -> new DownCommand(store))
        .with("play", () -> new PlayCommand(store, containers.get()));
  }

  /// `play kube`, as it was called once.
  public static Commands old(StoreFlags store, Supplier<Commands> containers) {
    return Commands.none().with("kube", () -> new PlayCommand(store, containers.get()));
  }
}
