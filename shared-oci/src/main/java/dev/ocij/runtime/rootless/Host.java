package dev.ocij.runtime.rootless;

import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import dev.ocij.runtime.IdMap;
import dev.ocij.runtime.ownership.OwnerKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;

/// What this process may do and has: the facts that the start of a container depends on.
///
/// @param userNamespace whether it is not the machine's first
/// @param mayCallSetgroups not in a namespace that maps a single group
/// @param keepsOwners whether other owners than root, and other identities, can only stand in a
///   record
/// @param hardLimits of setrlimit(2), by the number of the resource
record Host(
    Confinement confinement,
    boolean userNamespace,
    boolean mayCallSetgroups,
    boolean cgroup2,
    boolean keepsOwners,
    CapabilitySet capabilities,
    IntToLongFunction hardLimits) {

  static Host here(Syscalls syscalls, Confinement confinement) {
    return new Host(
        confinement,
        isUserNamespace(),
        !read("/proc/self/setgroups").strip().equals("deny"),
        Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")),
        confinement != Confinement.CHROOT && isOnlyRoot() && OwnerKeeper.isPossible(syscalls),
        new CapabilitySet(Long.parseUnsignedLong(status("CapPrm"), 16)),
        resource -> hardLimit(syscalls, resource));
  }

  static boolean isUserNamespace() {
    return Namespace.IS_OWN;
  }

  /// Asked once: a process with threads cannot enter another one.
  private static final class Namespace {
    private static final String FIRST = "0 0 4294967295";

    static final boolean IS_OWN =
        !String.join(" ", words(read("/proc/self/uid_map"))).equals(FIRST);

    /// Without a pattern, which most starts would make for this alone.
    private static List<String> words(String text) {
      return Stream.of(text.strip().split(" ")).filter(word -> !word.isEmpty()).toList();
    }
  }

  /// Whether root is the only user that can be.
  private static boolean isOnlyRoot() {
    if (!isUserNamespace()) {
      return false;
    }
    var map = IdMap.ofProcess("uid");
    return map.contains(0) && map.size() == 1;
  }

  /// A line of /proc/self/status.
  static String status(String key) {
    return read("/proc/self/status")
        .lines()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst()
        .orElse("0");
  }

  /// Empty where the file cannot be read.
  static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException _) {
      return "";
    }
  }

  private static long hardLimit(Syscalls syscalls, int resource) {
    var limits = Structure.of(16);
    syscalls.call("prlimit64", Operand.ZERO, Operand.of(resource), Operand.ZERO, limits.memory());
    return limits.word(8);
  }
}
