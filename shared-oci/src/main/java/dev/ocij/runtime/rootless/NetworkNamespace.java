package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Syscalls;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A network namespace that is there before the container is. It lasts as long as something is in
/// it or this is open.
public final class NetworkNamespace implements AutoCloseable {
  private static final long CLONE_NEWNET = 0x40000000;
  private static final long O_CLOEXEC = 02000000;

  private final Syscalls syscalls;
  private final long handle;

  private NetworkNamespace(Syscalls syscalls, long handle) {
    this.syscalls = syscalls;
    this.handle = handle;
  }

  /// @throws dev.ocij.spec.OciException where the machine forbids it
  public static NetworkNamespace make() {
    var syscalls = new LinuxSyscalls();
    var made = new CompletableFuture<Long>();
    // The thread ends in its own network: none of those that live on may be in another.
    Thread.ofPlatform()
        .daemon()
        .name("network")
        .start(() -> {
          try {
            made.complete(open(syscalls));
          } catch (RuntimeException | Error e) {
            made.completeExceptionally(e);
          }
        });
    try {
      return new NetworkNamespace(syscalls, made.join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static long open(Syscalls syscalls) {
    Terminal.check("make a network", syscalls.call("unshare", Operand.of(CLONE_NEWNET)));
    return Terminal.check(
        "open the network",
        syscalls.call(
            "openat",
            Operand.of(-100),
            Operand.of("/proc/thread-self/ns/net"),
            Operand.of(O_CLOEXEC)));
  }

  /// A name of it for other processes of the machine.
  public Path path() {
    return Path.of("/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), handle));
  }

  @Override
  public void close() {
    syscalls.call("close", Operand.of(handle));
  }
}
