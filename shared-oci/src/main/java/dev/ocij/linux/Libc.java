package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The functions of the C library that work on names in an open directory.
///
/// A handle takes the segment that receives errno first; [#call] provides it.
final class Libc {
  /// Made when it is first used, as all of these: each costs two milliseconds.
  static final class Openat {
    static final MethodHandle CALL =
        function("openat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  }

  static final class Close {
    static final MethodHandle CALL = function("close", JAVA_INT, JAVA_INT);
  }

  static final class Read {
    static final MethodHandle CALL = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  }

  static final class Write {
    static final MethodHandle CALL = function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  }

  static final class Lseek {
    static final MethodHandle CALL = function("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
  }

  static final class Mkdirat {
    static final MethodHandle CALL = function("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  }

  static final class Mknodat {
    static final MethodHandle CALL =
        function("mknodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
  }

  static final class Symlinkat {
    static final MethodHandle CALL = function("symlinkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
  }

  static final class Linkat {
    static final MethodHandle CALL =
        function("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  }

  static final class Unlinkat {
    static final MethodHandle CALL = function("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  }

  static final class Readlinkat {
    static final MethodHandle CALL =
        function("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
  }

  static final class Fchownat {
    static final MethodHandle CALL =
        function("fchownat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
  }

  static final class Fchmodat {
    static final MethodHandle CALL =
        function("fchmodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  }

  static final class Utimensat {
    static final MethodHandle CALL =
        function("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  }

  static final class Statx {
    static final MethodHandle CALL =
        function("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  }

  static final class Lsetxattr {
    static final MethodHandle CALL =
        function("lsetxattr", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
  }

  static final class Lgetxattr {
    static final MethodHandle CALL =
        function("lgetxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
  }

  static final class Llistxattr {
    static final MethodHandle CALL = function("llistxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
  }

  static final class CopyFileRange {
    static final MethodHandle CALL =
        function(
            "copy_file_range",
            JAVA_LONG,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_LONG,
            JAVA_INT);
  }

  /// Opens what a structure `open_how` says; the C library has no function for it.
  static final class Openat2 {
    /// The same on all architectures.
    private static final long NUMBER = 437;

    private static final MethodHandle SYSCALL =
        NativeCode.at(Linker.nativeLinker().defaultLookup().findOrThrow("syscall"));

    static long call(MemorySegment errno, int directory, MemorySegment path, MemorySegment how)
        throws Throwable {
      return (long)
          SYSCALL.invokeExact(
              errno,
              NUMBER,
              (long) directory,
              path.address(),
              how.address(),
              how.byteSize(),
              0L,
              0L);
    }
  }

  static final class Getdents64 {
    static final MethodHandle CALL =
        function("getdents64", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  }

  private static final ThreadLocal<MemorySegment> ERRNO =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

  /// Allocating means clearing, which costs more than a small file: one buffer serves a thread.
  private static final ThreadLocal<MemorySegment> BUFFER =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(1 << 16, Long.BYTES));

  private Libc() {}

  /// Memory of 64 KiB, as large as any extended attribute, for one call of this thread.
  static MemorySegment buffer() {
    return BUFFER.get();
  }

  /// A call with the segment that receives errno.
  @FunctionalInterface
  interface Call {
    long run(MemorySegment errno) throws Throwable;
  }

  /// As [Call], with a name as the C library takes it and memory that lives as long as the call.
  @FunctionalInterface
  interface NamedCall {
    long run(MemorySegment errno, MemorySegment name, Arena arena) throws Throwable;
  }

  /// @return what the function returned
  /// @throws SystemCallException where that is −1; the message shows the name
  static long call(String function, String name, Call call) throws SystemCallException {
    var errno = ERRNO.get();
    long result;
    try {
      result = call.run(errno);
    } catch (Throwable e) {
      throw new IllegalStateException("the C library could not be called: " + function, e);
    }
    if (result == -1) {
      throw new SystemCallException(function, name, errno.get(JAVA_INT, 0));
    }
    return result;
  }

  static long call(String function, String name, NamedCall call) throws SystemCallException {
    try (var arena = Arena.ofConfined()) {
      var text = text(arena, name);
      return call(function, name, errno -> call.run(errno, text, arena));
    }
  }

  /// Closes a file descriptor; an error would change nothing for the caller.
  static void close(int fd) {
    try {
      call("close", "descriptor " + fd, errno -> (int) Close.CALL.invokeExact(errno, fd));
    } catch (SystemCallException _) {
      // Linux frees the descriptor in any case.
    }
  }

  /// @throws IllegalArgumentException where the text holds a zero byte, which would cut it
  static MemorySegment text(Arena arena, String text) {
    var bytes = RawName.encode(text);
    var segment = arena.allocate(bytes.length + 1L);
    for (byte b : bytes) {
      if (b == 0) {
        throw new IllegalArgumentException("a name with a zero byte");
      }
    }
    MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }
}
