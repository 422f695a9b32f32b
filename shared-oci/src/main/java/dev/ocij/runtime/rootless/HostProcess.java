package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A process of the machine that some other process has started, held by a handle: what gets its
/// number later is not mistaken for it. Closing lets go of the handle.
///
/// @param handle as pidfd_open(2) gives it
public record HostProcess(long pid, long handle) implements AutoCloseable {
  private static final Map<String, Long> TYPES =
      Map.of(
          "user", Namespaces.flag("user"),
          "mnt", Namespaces.MOUNT,
          "pid", Namespaces.PID,
          "ipc", Namespaces.flag("ipc"),
          "uts", Namespaces.flag("uts"),
          "net", Namespaces.flag("network"),
          "cgroup", Namespaces.flag("cgroup"));

  private static final Syscalls SYSCALLS = new LinuxSyscalls();

  /// The clock ticks since the machine's start at which a process began; 0 where there is none.
  /// With its number it names a process until the next start of the machine.
  public static long beginning(long pid) {
    var line = Host.read("/proc/" + pid + "/stat");
    int name = line.lastIndexOf(')');
    var fields = name < 0 ? new String[0] : line.substring(name + 2).split(" ");
    return fields.length > 19 && !fields[0].equals("Z") ? Long.parseLong(fields[19]) : 0;
  }

  /// The process of this number, where it still is the one that began then.
  public static Optional<HostProcess> find(long pid, long beginning) {
    long handle = pid <= 0 ? -1 : SYSCALLS.call("pidfd_open", Operand.of(pid));
    if (handle < 0) {
      return Optional.empty();
    }
    var found = new HostProcess(pid, handle);
    if (beginning(pid) != beginning || beginning == 0) {
      found.close();
      return Optional.empty();
    }
    return Optional.of(found);
  }

  /// @return 0, or the negative error
  public long kill(int signal) {
    return SYSCALLS.call("pidfd_send_signal", Operand.of(handle), Operand.of(signal));
  }

  /// Its root file system, as a path to open other paths from.
  public Path root() {
    return Path.of("/proc/" + pid + "/root");
  }

  /// The flags of those of its namespaces that are not this process's.
  long namespaces() {
    return TYPES.entrySet().stream()
        .filter(type -> differs(type.getKey()))
        .mapToLong(Map.Entry::getValue)
        .reduce(0, (a, b) -> a | b);
  }

  /// Whether its namespace of this type is another than ours.
  public boolean differs(String type) {
    try {
      var theirs = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/" + type));
      return !theirs.equals(Files.readSymbolicLink(Path.of("/proc/self/ns/" + type)));
    } catch (IOException _) {
      return false;
    }
  }

  boolean mayCallSetgroups() {
    return !Host.read("/proc/" + pid + "/setgroups").strip().equals("deny");
  }

  @Override
  public void close() {
    SYSCALLS.call("close", Operand.of(handle));
  }
}
