package dev.ocij.runtime.rootless;

import dev.ocij.linux.Operand;
import dev.ocij.linux.Spawn;
import dev.ocij.linux.Syscalls;
import dev.ocij.linux.SystemCall;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.ownership.OwnerKeeper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Small experiments in processes of their own. Each result is 0, or the negative error of the
/// first call that failed.
final class Probe {
  private static final long ALL =
      Namespaces.MOUNT | Namespaces.PID | Namespaces.flag("ipc") | Namespaces.flag("uts");
  private static final SystemCall SUCCEED = SystemCall.of("exit", Operand.ZERO);

  private final Syscalls syscalls;

  Probe(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /// New namespaces, and a mount in them.
  long namespaces() {
    return result(
        ALL,
        List.of(
            new InitAction.OwnMounts(),
            new InitAction.UseRoot(Path.of("/")),
            new InitAction.MountFileSystem("tmpfs", "/tmp", MountOptions.parse(List.of()))));
  }

  /// A proc of a new process namespace, where the present one hides nothing.
  long freshProc() {
    return result(
        ALL,
        List.of(
            new InitAction.OwnMounts(),
            new InitAction.UseRoot(Path.of("/")),
            new InitAction.MountFileSystem(
                "proc", "/proc", MountOptions.parse(List.of("nosuid", "nodev", "noexec")))));
  }

  /// The mount that a container would begin with.
  long overlay(Bundle.Overlay overlay, Path rootfs, boolean userXattrs) {
    return result(
        Namespaces.MOUNT,
        List.of(
            new InitAction.OwnMounts(), new InitAction.MountOverlay(overlay, rootfs, userXattrs)));
  }

  /// A mount that is no experiment: it stays.
  long stay(Bundle.Overlay overlay, Path target, boolean userXattrs) {
    return result(0, List.of(new InitAction.MountOverlay(overlay, target, userXattrs)));
  }

  long chroot() {
    return result(0, List.of(new InitAction.UseRoot(Path.of("/")), new InitAction.ChangeRoot()));
  }

  /// Whether the kernel can let this process answer calls of others.
  boolean asksAboutCalls() {
    return OwnerKeeper.isPossible(syscalls);
  }

  private long result(long flags, List<InitAction> actions) {
    var calls = new ArrayList<>(SyscallProgram.of(actions).calls());
    calls.add(SUCCEED);
    var spawned = syscalls.spawn(new Spawn(flags, calls));
    if (spawned.pid() < 0) {
      return spawned.pid();
    }
    syscalls.call("wait4", Operand.of(spawned.pid()));
    var failure = spawned.failure();
    return failure.isPresent() ? spawned.results()[failure.getAsInt()] : 0;
  }
}
