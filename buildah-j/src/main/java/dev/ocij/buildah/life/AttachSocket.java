package dev.ocij.buildah.life;

import dev.ocij.linux.Errno;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/// Where a monitor listens: a socket in the container's folder, named by a handle of the folder,
/// for the kernel takes no long paths. Closing lets go of the handle.
record AttachSocket(long handle) implements AutoCloseable {
  static final String NAME = "attach.sock";
  private static final long O_PATH_CLOEXEC = 010000000 | 02000000;

  static AttachSocket in(Path directory) throws IOException {
    long handle =
        new LinuxSyscalls()
            .call(
                "openat",
                Operand.of(-100),
                Operand.of(directory.toString()),
                Operand.of(O_PATH_CLOEXEC));
    if (handle < 0) {
      throw new IOException("open %s: %s".formatted(directory, Errno.describe(handle)));
    }
    return new AttachSocket(handle);
  }

  UnixDomainSocketAddress address() {
    // The first text that is formatted costs a tenth of a monitor's start.
    return UnixDomainSocketAddress.of("/proc/self/fd/" + handle + "/" + NAME);
  }

  @Override
  public void close() {
    new LinuxSyscalls().call("close", Operand.of(handle));
  }
}
