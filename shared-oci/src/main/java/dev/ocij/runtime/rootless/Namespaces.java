package dev.ocij.runtime.rootless;

import dev.ocij.runtime.LinuxConfig;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;

/// The types of namespaces as flags of clone(2) and setns(2).
final class Namespaces {
  static final long MOUNT = 0x20000;
  static final long PID = 0x20000000;

  private Namespaces() {}

  static long flag(String type) {
    return switch (type) {
      case "mount" -> MOUNT;
      case "cgroup" -> 0x02000000;
      case "uts" -> 0x04000000;
      case "ipc" -> 0x08000000;
      case "user" -> 0x10000000;
      case "pid" -> PID;
      case "network" -> 0x40000000;
      default ->
          throw new OciException(
              Category.UNSUPPORTED,
              "start the container: unknown namespace type " + Quoted.of(type));
    };
  }

  /// The new namespaces of a configuration; those to join are no matter of clone.
  ///
  /// A user namespace without ids is left out: the launcher has entered it before.
  static long flags(LinuxConfig config, Confinement confinement) {
    return config.joinsUsers() ? 0 : made(config, confinement);
  }

  /// As [#flags]; who joins a user namespace makes the others when it is there, so that they belong
  /// to it.
  static long made(LinuxConfig config, Confinement confinement) {
    if (confinement == Confinement.CHROOT) {
      return 0;
    }
    long flags =
        config.namespaces().stream()
            .filter(namespace -> namespace.path() == null)
            .filter(namespace -> !namespace.type().equals("user") || config.mapsIds())
            .mapToLong(namespace -> flag(namespace.type()))
            .reduce(MOUNT, (a, b) -> a | b);
    return confinement == Confinement.NAMESPACES_WITHOUT_PID ? flags & ~PID : flags;
  }
}
