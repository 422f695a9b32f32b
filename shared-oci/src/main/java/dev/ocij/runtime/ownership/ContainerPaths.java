package dev.ocij.runtime.ownership;

import dev.ocij.linux.Errno;
import dev.ocij.linux.Operand;
import dev.ocij.linux.RawName;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import java.util.Optional;

/// Opens what threads of the container name, in their own root and from their own directories: no
/// link leads out of there.
record ContainerPaths(Syscalls syscalls) {
  private static final long O_PATH = 010000000;
  private static final long O_NOFOLLOW = 0400000;
  private static final long O_CLOEXEC = 02000000;
  private static final long RESOLVE_BENEATH = 0x08;
  private static final long RESOLVE_IN_ROOT = 0x10;
  private static final int MOST_TRIES = 64;
  private static final Operand CURRENT_DIRECTORY = Operand.of(Named.CURRENT_DIRECTORY);

  /// The file, where it can be found: not below `/proc/self` and other links that only the kernel
  /// follows.
  Optional<Handle> open(Named named) {
    if (named.path() == Named.NO_PATH) {
      return directory(named);
    }
    return new ThreadMemory(syscalls, named.thread())
        .text(named.path())
        .flatMap(path -> open(named, path));
  }

  /// @param path ends with a zero byte
  Optional<Handle> open(Named named, byte[] path) {
    if (path[0] == 0) {
      return directory(named);
    }
    if (path[0] == '/') {
      return inRoot(named, path);
    }
    var base = directory(named);
    if (base.isEmpty()) {
      return base;
    }
    try (var from = base.get()) {
      long found = resolve(from, path, named.follow(), RESOLVE_BENEATH);
      return Errno.EXDEV.is(found) ? inRoot(named, absolute(named, from, path)) : handle(found);
    }
  }

  private Optional<Handle> inRoot(Named named, byte[] path) {
    var root = link(named.thread(), "root");
    if (root.isEmpty()) {
      return root;
    }
    try (var from = root.get()) {
      return handle(resolve(from, path, named.follow(), RESOLVE_IN_ROOT));
    }
  }

  private Optional<Handle> directory(Named named) {
    return named.directory() == Named.CURRENT_DIRECTORY
        ? link(named.thread(), "cwd")
        : link(named.thread(), "fd/" + named.directory());
  }

  private Optional<Handle> link(long thread, String name) {
    var path = Operand.of("/proc/%d/%s".formatted(thread, name));
    return handle(syscalls.call("openat", CURRENT_DIRECTORY, path, Operand.of(O_PATH | O_CLOEXEC)));
  }

  /// A path that leaves the directory it starts from, seen from the root.
  private byte[] absolute(Named named, Handle from, byte[] path) {
    var root = link(named.thread(), "root");
    var prefix = root.map(Handle::path).filter(text -> !text.equals("/")).orElse("");
    root.ifPresent(Handle::close);
    var start = from.path();
    var inside = start.startsWith(prefix + "/") ? start.substring(prefix.length()) : start;
    return RawName.encode(inside + "/" + RawName.decode(path));
  }

  /// A rename anywhere on the machine may make the kernel ask for another try.
  private long resolve(Handle from, byte[] path, boolean follow, long how) {
    var flags = O_PATH | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
    long found = -Errno.EAGAIN.number();
    for (int i = 0; i < MOST_TRIES && Errno.EAGAIN.is(found); i++) {
      found =
          syscalls.call(
              "openat2",
              Operand.of(from.descriptor()),
              Operand.of(path),
              Structure.of(24).word(0, flags).word(16, how).memory(),
              Operand.of(24));
    }
    return found;
  }

  private Optional<Handle> handle(long descriptor) {
    return descriptor < 0 ? Optional.empty() : Optional.of(new Handle(syscalls, descriptor));
  }
}
