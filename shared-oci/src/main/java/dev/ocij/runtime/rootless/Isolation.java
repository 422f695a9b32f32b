package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import java.util.ArrayList;
import java.util.List;

/// What the machine allows, and why not more.
///
/// @param obstacles one sentence each, with its remedy; empty where nothing is missing
public record Isolation(Confinement confinement, List<String> obstacles) {
  public Isolation {
    obstacles = List.copyOf(obstacles);
  }

  /// Tries it: processes that do nothing else make namespaces, a mount and a change of root, which
  /// takes some milliseconds. Nothing that a file says about the machine is believed before.
  public static Isolation probe() {
    return of(new Probe(new LinuxSyscalls()), Machine.here());
  }

  static Isolation of(Probe probe, Machine machine) {
    var obstacles = new ArrayList<String>();
    long namespaces = probe.namespaces();
    if (namespaces >= 0) {
      machine.singleId().ifPresent(obstacles::add);
      long proc = probe.freshProc();
      if (proc >= 0) {
        return new Isolation(Confinement.NAMESPACES, obstacles);
      }
      obstacles.add(Obstacle.ofProc(proc));
      return new Isolation(Confinement.NAMESPACES_WITHOUT_PID, obstacles);
    }
    obstacles.add(Obstacle.ofNamespaces(namespaces, machine));
    long chroot = probe.chroot();
    if (chroot >= 0) {
      return new Isolation(Confinement.CHROOT, obstacles);
    }
    return new Isolation(Confinement.NONE, obstacles);
  }

  /// Returns where some container can be started.
  ///
  /// @throws OciException otherwise, naming the obstacles
  void require() {
    if (confinement == Confinement.NONE) {
      throw new OciException(
          Category.IMPOSSIBLE, "start a container: " + String.join("; ", obstacles));
    }
  }
}
