package dev.ocij.runtime.rootless;

import dev.ocij.linux.Directory;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Syscalls;
import dev.ocij.runtime.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/// The root file system of a container that does not run, mounted where nobody else sees it.
///
/// A thread enters a mount namespace of its own, mounts, opens the root and stays as long as this
/// process: nothing is left even where that is killed. Without the namespace the kernel would
/// refuse to look up `..` below the handle.
public final class PrivateMount {
  private static final long NEW_NAMESPACE_AND_FS = Namespaces.MOUNT | 0x200;
  private static final long SLAVE_RECURSIVE = 0x80000 | 0x4000;
  private static final long READ_ONLY = 1;
  private static final long CLONE = 1;

  private final Syscalls syscalls = new LinuxSyscalls();
  private final Bundle bundle;
  private final boolean readOnly;

  private PrivateMount(Bundle bundle, boolean readOnly) {
    this.bundle = bundle;
    this.readOnly = readOnly;
  }

  /// Opens the root file system.
  ///
  /// @param readOnly as it is while the container may run
  /// @throws dev.ocij.spec.OciException where the machine forbids the mount
  public static Directory open(Bundle bundle, boolean readOnly) throws IOException {
    if (bundle.overlay().isEmpty()) {
      return Directory.open(bundle.rootfs());
    }
    return new PrivateMount(bundle, readOnly).take(Directory::open, true);
  }

  /// A handle of the root file system, which is mounted nowhere any more: for a container whose
  /// root could not get at what it is made of.
  static long detached(Bundle bundle) {
    try {
      return new PrivateMount(bundle, false).take(PrivateMount::treeOf, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long treeOf(Path target) {
    return Terminal.check(
        "take the root file system of the container",
        new LinuxSyscalls()
            .call(
                "open_tree",
                ProgramWriter.CURRENT_DIRECTORY,
                Operand.of(target.toString()),
                Operand.of(CLONE | RootLowering.O_CLOEXEC)));
  }

  /// What is opened of a mount, by a thread that is there for it.
  @FunctionalInterface
  private interface Opening<T> {
    T of(Path target) throws IOException;
  }

  private <T> T take(Opening<T> opening, boolean stays) throws IOException {
    var opened = new CompletableFuture<T>();
    Thread.ofPlatform().daemon().name("mount").start(() -> mount(opening, opened, stays));
    try {
      return opened.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private <T> void mount(Opening<T> opening, CompletableFuture<T> opened, boolean stays) {
    try {
      var target = bundle.rootfs();
      check("unshare", Operand.of(NEW_NAMESPACE_AND_FS));
      check(
          "mount",
          Operand.of("none"),
          Operand.of("/"),
          Operand.ZERO,
          Operand.of(SLAVE_RECURSIVE),
          Operand.ZERO);
      mount(bundle.overlay().orElseThrow(), target);
      opened.complete(opening.of(target));
      if (stays) {
        new CountDownLatch(1).await();
      }
    } catch (RuntimeException | IOException e) {
      opened.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void mount(Bundle.Overlay overlay, Path target) {
    var base = OverlayOptions.base(overlay.lowers());
    var options =
        readOnly
            ? OverlayOptions.reading(overlay, base, Host.isUserNamespace())
            : OverlayOptions.of(overlay, base, Host.isUserNamespace());
    check("chdir", Operand.of(base.toString()));
    check(
        "mount",
        Operand.of("overlay"),
        Operand.of(target.toString()),
        Operand.of("overlay"),
        Operand.of(readOnly ? READ_ONLY : 0),
        Operand.of(options));
  }

  private void check(String call, Operand... operands) {
    Terminal.check(
        "mount the root file system of the container: " + call, syscalls.call(call, operands));
  }
}
