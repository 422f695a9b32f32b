package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The functions of the C library that work on names in an open directory, called by what they do.
final class Libc {
  static final Libc CHMOD = new Libc("chmod", "fchmodat", Answer.INT);
  static final Libc CHOWN = new Libc("chown", "fchownat", Answer.INT);
  private static final Libc CLOSE = new Libc("close", "close", Answer.INT);
  static final Libc COPY = new Libc("copy", "copy_file_range", Answer.LONG);
  static final Libc GETXATTR = new Libc("getxattr", "lgetxattr", Answer.LONG);
  static final Libc LINK = new Libc("link", "linkat", Answer.INT);
  static final Libc LIST = new Libc("read", "getdents64", Answer.LONG);
  static final Libc LISTXATTR = new Libc("listxattr", "llistxattr", Answer.LONG);
  static final Libc MKDIR = new Libc("mkdir", "mkdirat", Answer.INT);
  static final Libc MKNOD = new Libc("mknod", "mknodat", Answer.INT);
  static final Libc OPEN = new Libc("open", "openat", Answer.INT);

  /// openat2(2), for which the C library has no function: the first operand is its number.
  static final Libc OPEN_HOW = new Libc("open", "syscall", Answer.LONG);

  static final long OPENAT2 = 437;

  static final Libc READ = new Libc("read", "read", Answer.LONG);
  static final Libc READLINK = new Libc("readlink", "readlinkat", Answer.LONG);
  static final Libc REMOVE = new Libc("remove", "unlinkat", Answer.INT);
  static final Libc SEEK = new Libc("seek", "lseek", Answer.LONG);
  static final Libc SETXATTR = new Libc("setxattr", "lsetxattr", Answer.INT);
  static final Libc STAT = new Libc("stat", "statx", Answer.INT);
  static final Libc SYMLINK = new Libc("symlink", "symlinkat", Answer.INT);
  static final Libc UTIMENS = new Libc("utimens", "utimensat", Answer.INT);
  static final Libc WRITE = new Libc("write", "write", Answer.LONG);

  /// Of an `int` nobody says what is above it in the register.
  private enum Answer {
    INT,
    LONG
  }

  private static final int MOST_OPERANDS = 6;

  private static final ThreadLocal<MemorySegment> ERRNO =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

  /// Allocating means clearing, which costs more than a small file: one buffer serves a thread.
  private static final ThreadLocal<MemorySegment> BUFFER =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(1 << 16, Long.BYTES));

  private final String deed;
  private final String function;
  private final Answer answer;
  private @Nullable MemorySegment code;

  /// @param deed what it does, told where it fails
  private Libc(String deed, String function, Answer answer) {
    this.deed = deed;
    this.function = function;
    this.answer = answer;
  }

  /// Memory of 64 KiB, as large as any extended attribute, for one call of this thread.
  static MemorySegment buffer() {
    return BUFFER.get();
  }

  /// The operands of a call with a name as the C library takes it, and with memory that lives as
  /// long as the call.
  @FunctionalInterface
  interface Operands {
    long[] of(long name, Arena arena);
  }

  static long[] words(long... words) {
    return words;
  }

  /// @param name shown where the call fails
  /// @return what the function returned
  /// @throws SystemCallException where that is −1
  long call(String name, long... operands) throws SystemCallException {
    var errno = ERRNO.get();
    var words = new long[MOST_OPERANDS];
    System.arraycopy(operands, 0, words, 0, operands.length);
    long word =
        NativeCode.call(
            code(), errno, words[0], words[1], words[2], words[3], words[4], words[5], 0);
    long result = answer == Answer.INT ? (int) word : word;
    if (result == -1) {
      throw new SystemCallException(deed, name, errno.get(JAVA_INT, 0));
    }
    return result;
  }

  /// As [#call(String, long...)], for a function that is given the name.
  long call(String name, Operands operands) throws SystemCallException {
    try (var arena = Arena.ofConfined()) {
      return call(name, operands.of(text(arena, name), arena));
    }
  }

  /// Closes a file descriptor; an error would change nothing for the caller.
  static void close(int fd) {
    try {
      CLOSE.call("descriptor", fd);
    } catch (SystemCallException _) {
      // Linux frees the descriptor in any case.
    }
  }

  /// Where the text stands as the C library takes it, as long as the memory lives.
  ///
  /// @throws IllegalArgumentException where the text holds a zero byte, which would cut it
  static long text(Arena arena, String text) {
    var bytes = RawName.encode(text);
    var segment = arena.allocate(bytes.length + 1L);
    for (byte b : bytes) {
      if (b == 0) {
        throw new IllegalArgumentException("a name with a zero byte");
      }
    }
    MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
    return segment.address();
  }

  private MemorySegment code() {
    var found = code;
    if (found == null) {
      found = NativeCode.find(function);
      code = found;
    }
    return found;
  }
}
