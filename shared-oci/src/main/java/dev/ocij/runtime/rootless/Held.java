package dev.ocij.runtime.rootless;

import dev.ocij.linux.Pipe;
import dev.ocij.linux.Spawn;
import dev.ocij.linux.Spawned;
import dev.ocij.linux.Syscalls;
import java.io.IOException;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// A process that waits before its last call. The thread that started it stands still as long; only
/// the end of this process frees it.
final class Held {
  private final Spawn spawn;
  private final Syscalls syscalls;
  private final CompletableFuture<Spawned> ended = new CompletableFuture<>();

  Held(Spawn spawn, Syscalls syscalls) {
    this.spawn = spawn;
    this.syscalls = syscalls;
  }

  /// Starts it, and waits until it waits itself, or has failed.
  ///
  /// @return the process; empty where it failed
  OptionalLong begin(Pipe ready) {
    var before = children();
    var told = new CompletableFuture<Boolean>();
    Thread.ofPlatform().daemon().name("container").start(this::start);
    Thread.ofPlatform().daemon().name("ready").start(() -> told.complete(read(ready)));
    CompletableFuture.anyOf(ended, told).join();
    if (ended.isDone()) {
      return OptionalLong.empty();
    }
    return children().stream()
        .filter(pid -> !before.contains(pid))
        // Where a process namespace is joined, its parent is still there, and is not in it.
        .sorted(Comparator.comparing(Held::isAmongOurs))
        .mapToLong(Long::longValue)
        .findFirst();
  }

  private void start() {
    try {
      ended.complete(syscalls.spawn(spawn));
    } catch (RuntimeException | Error e) {
      ended.completeExceptionally(e);
    }
  }

  StartException failure(SyscallProgram program) {
    var spawned = ended.join();
    return spawned.pid() < 0 && spawned.failure().isEmpty()
        ? StartException.ofClone(spawned.pid())
        : program.failure(spawned, spawned.failure().orElse(program.calls().size() - 1));
  }

  /// The pid is told only when the container's program has begun, so it is looked up.
  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  private static boolean isAmongOurs(long pid) {
    try (var process = HostProcess.find(pid, HostProcess.beginning(pid)).orElse(null)) {
      return process == null || !process.differs("pid");
    }
  }

  private static boolean read(Pipe ready) {
    try {
      return ready.output().read() >= 0;
    } catch (IOException _) {
      return false;
    }
  }
}
