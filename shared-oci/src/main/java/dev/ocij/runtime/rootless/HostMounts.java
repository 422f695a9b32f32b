package dev.ocij.runtime.rootless;

import dev.ocij.linux.Errno;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.runtime.Bundle;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Mounts where this process is, which stay when it ends: for trees that a person works on.
public final class HostMounts {
  private static final int DETACH = 2;
  private static final int TARGET = 4;

  private HostMounts() {}

  /// Mounts an overlay.
  ///
  /// @throws OciException where the machine refuses that
  public static void overlay(Bundle.Overlay overlay, Path target) {
    long result = new Probe(new LinuxSyscalls()).stay(overlay, target, Host.isUserNamespace());
    if (result < 0) {
      throw new OciException(
          Category.IMPOSSIBLE,
          "mount an overlay on %s: %s; it needs root, or a user namespace as unshare makes it"
              .formatted(Quoted.of(target.toString()), Errno.describe(result)));
    }
  }

  /// Whether something is mounted exactly there, as this process sees it.
  public static boolean isMounted(Path target) {
    var name = target.toAbsolutePath().toString();
    return Host.read("/proc/self/mountinfo")
        .lines()
        .map(line -> line.split(" "))
        .anyMatch(fields -> fields.length > TARGET && unescape(fields[TARGET]).equals(name));
  }

  /// Where a mount that is to be shared, or to follow others (`slave`), would do neither.
  ///
  /// @throws OciException naming the mount that it is in
  public static void requirePropagation(Path source, String propagation) throws IOException {
    boolean shared = propagation.endsWith("shared");
    if (!shared && !propagation.endsWith("slave")) {
      return;
    }
    var path = source.toRealPath();
    var mount =
        Host.read("/proc/self/mountinfo")
            .lines()
            .map(line -> List.of(line.split(" ")))
            .filter(fields -> fields.size() > TARGET && path.startsWith(target(fields)))
            .max(Comparator.comparingInt(fields -> target(fields).getNameCount()));
    boolean fits =
        mount.stream()
            .flatMap(fields -> fields.stream().skip(TARGET).takeWhile(field -> !field.equals("-")))
            .anyMatch(
                field -> field.startsWith("shared:") || (!shared && field.startsWith("master:")));
    if (!fits) {
      throw new OciException(
          Category.IMPOSSIBLE,
          "mount %s as %s: the path is mounted on %s but it is not a %s mount; mount --make-shared"
                  .formatted(
                      Quoted.of(source.toString()),
                      propagation,
                      Quoted.of(mount.map(HostMounts::target).map(Path::toString).orElse("/")),
                      shared ? "shared" : "shared or slave")
              + " makes it one, as root");
    }
  }

  private static Path target(List<String> fields) {
    return Path.of(unescape(fields.get(TARGET)));
  }

  /// Ends a mount, for whoever still uses it when they have done with it.
  public static void unmount(Path target) {
    long result =
        new LinuxSyscalls()
            .call("umount2", Operand.of(target.toAbsolutePath().toString()), Operand.of(DETACH));
    if (result < 0) {
      throw new OciException(
          Category.IO,
          "unmount %s: %s".formatted(Quoted.of(target.toString()), Errno.describe(result)));
    }
  }

  private static String unescape(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
