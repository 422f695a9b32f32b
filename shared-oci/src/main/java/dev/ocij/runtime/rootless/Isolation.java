package dev.ocij.runtime.rootless;

import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import java.util.List;

/// What the machine allows, and why not more.
///
/// @param obstacles one sentence each, with its remedy; empty where nothing is missing
public record Isolation(Confinement confinement, List<String> obstacles) {
  public Isolation {
    obstacles = List.copyOf(obstacles);
  }

  public static Isolation probe() {
    return new Isolation(Confinement.NAMESPACES, List.of());
  }

  void require() {
    if (confinement == Confinement.NONE) {
      throw new OciException(
          Category.IMPOSSIBLE, "start a container: " + String.join("; ", obstacles));
    }
  }
}
