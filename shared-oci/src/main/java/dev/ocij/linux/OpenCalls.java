package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// open(2) in its forms. Each descriptor is closed by execve(2).
final class OpenCalls {
  static final int CURRENT_DIRECTORY = -100;

  private static final int O_NONBLOCK = 04000;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_DIRECTORY = OpenFlags.DIRECTORY;
  private static final int O_NOFOLLOW = OpenFlags.NO_FOLLOW;
  private static final long RESOLVE_IN_ROOT_WITHOUT_MAGIC = 0x12;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final int MOST_RACES = 1000;

  private OpenCalls() {}

  /// openat(2).
  ///
  /// @param mode of a file that it makes
  static int at(int directory, String name, int flags, int mode) throws IOException {
    return (int)
        Libc.OPEN.call(name, (at, _) -> Libc.words(directory, at, flags | O_CLOEXEC, mode));
  }

  /// A directory below a root: links are followed inside it and never lead out, however they are
  /// swapped meanwhile.
  static int directoryInRoot(Path root, String path) throws IOException {
    return inRoot(root, path.isEmpty() ? "/" : path, O_DIRECTORY | O_CLOEXEC);
  }

  /// A file for reading, as [#directoryInRoot].
  static int fileInRoot(Path root, String path) throws IOException {
    return inRoot(root, path, O_NONBLOCK | O_CLOEXEC);
  }

  private static int inRoot(Path root, String path, int flags) throws IOException {
    int start = at(CURRENT_DIRECTORY, root.toString(), OpenFlags.PATH | O_DIRECTORY, 0);
    try {
      var how = ByteBuffer.allocate(3 * Operand.WORD).order(ByteOrder.nativeOrder());
      how.putLong(flags).putLong(0).putLong(RESOLVE_IN_ROOT_WITHOUT_MAGIC);
      long fd =
          untilSure(
              SystemCall.of(
                  "openat2",
                  Operand.of(start),
                  Operand.of(path),
                  Operand.of(how.array()),
                  Operand.of(how.capacity())));
      if (fd < 0) {
        throw new SystemCallException("open", path, (int) -fd);
      }
      return (int) fd;
    } finally {
      Libc.close(start);
    }
  }

  /// Each rename and each mount of the whole machine makes the kernel unsure about `..`.
  private static long untilSure(SystemCall call) {
    var syscalls = new LinuxSyscalls();
    long result = syscalls.call(call);
    for (int i = 0; Errno.EAGAIN.is(result) && i < MOST_RACES; i++) {
      result = syscalls.call(call);
    }
    return result;
  }

  /// A file for reading, where no link is on the way to it or stands there.
  static int fileWithoutLinks(String path) throws IOException {
    var flags = (long) O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC;
    return (int)
        Libc.OPEN_HOW.call(
            path,
            (at, arena) -> {
              var how = arena.allocateFrom(JAVA_LONG, flags, 0, RESOLVE_NO_SYMLINKS);
              return Libc.words(Libc.OPENAT2, CURRENT_DIRECTORY, at, how.address(), how.byteSize());
            });
  }
}
