package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.runtime.Bundle;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the machine allows, and why not more.
///
/// @param obstacles one sentence each, with its remedy; empty where nothing is missing
public record Isolation(Confinement confinement, List<String> obstacles) {
  private static @Nullable Isolation here;

  public Isolation {
    obstacles = List.copyOf(obstacles);
  }

  /// Tries it once: processes that do nothing else make namespaces, a mount and a change of root,
  /// which takes some milliseconds. Nothing that a file says about the machine is believed before.
  public static synchronized Isolation probe() {
    var found = here;
    if (found == null) {
      found = of(new Probe(new LinuxSyscalls()), Machine.here());
      here = found;
    }
    return found;
  }

  static Isolation of(Probe probe, Machine machine) {
    var obstacles = new ArrayList<String>();
    // Where the most is allowed there is nothing else to ask.
    long proc = probe.freshProc();
    long namespaces = proc >= 0 ? proc : probe.namespaces();
    if (namespaces >= 0) {
      machine.singleId(probe::asksAboutCalls).ifPresent(obstacles::add);
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

  /// Whether this overlay can be mounted in a container: not where mounts are forbidden, nor on
  /// some file systems. Tried, as all else; nothing stays mounted.
  ///
  /// @param rootfs an empty directory
  public boolean mounts(Bundle.Overlay overlay, Path rootfs) {
    return allowsMounts()
        && new Probe(new LinuxSyscalls()).overlay(overlay, rootfs, Host.isUserNamespace()) >= 0;
  }

  public boolean allowsMounts() {
    return confinement == Confinement.NAMESPACES
        || confinement == Confinement.NAMESPACES_WITHOUT_PID;
  }

  /// Returns where containers have mounts.
  ///
  /// @param who needs them
  /// @throws OciException otherwise, naming the obstacles
  public void requireMounts(String who) {
    if (!allowsMounts()) {
      throw new OciException(
          Category.IMPOSSIBLE,
          who
              + " needs namespaces and mounts, which are forbidden here: "
              + String.join("; ", obstacles));
    }
  }

  /// Returns where some container can be started.
  ///
  /// @throws OciException otherwise, naming the obstacles
  public void require() {
    if (confinement == Confinement.NONE) {
      throw new OciException(
          Category.IMPOSSIBLE, "start a container: " + String.join("; ", obstacles));
    }
  }
}
