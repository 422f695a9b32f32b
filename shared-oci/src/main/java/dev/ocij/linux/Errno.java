package dev.ocij.linux;

import java.util.Optional;
import java.util.stream.Stream;

/// The errors of system calls, as errno(3) lists them; the numbers are those of x86_64, i386 and
/// aarch64.
public enum Errno {
  EPERM(1, "operation not permitted"),
  ENOENT(2, "no such file or directory"),
  ESRCH(3, "no such process"),
  EINTR(4, "interrupted"),
  EIO(5, "input/output error"),
  E2BIG(7, "argument list too long"),
  ENOEXEC(8, "exec format error"),
  EBADF(9, "bad file descriptor"),
  ECHILD(10, "no child process"),
  EAGAIN(11, "resource temporarily unavailable"),
  ENOMEM(12, "cannot allocate memory"),
  EACCES(13, "permission denied"),
  EFAULT(14, "bad address"),
  EBUSY(16, "device or resource busy"),
  EEXIST(17, "file exists"),
  EXDEV(18, "on another file system"),
  ENODEV(19, "no such device"),
  ENOTDIR(20, "not a directory"),
  EISDIR(21, "is a directory"),
  EINVAL(22, "invalid argument"),
  ENFILE(23, "too many open files in the system"),
  EMFILE(24, "too many open files"),
  ENOTTY(25, "not a terminal"),
  ETXTBSY(26, "text file busy"),
  EFBIG(27, "file too large"),
  ENOSPC(28, "no space left"),
  EROFS(30, "read-only file system"),
  EPIPE(32, "broken pipe"),
  ERANGE(34, "result too large"),
  ENAMETOOLONG(36, "file name too long"),
  ENOSYS(38, "function not implemented"),
  ENOTEMPTY(39, "directory not empty"),
  ELOOP(40, "symbolic link where none may be"),
  ENODATA(61, "no data"),
  EOVERFLOW(75, "value too large"),
  EUSERS(87, "too many users"),
  EOPNOTSUPP(95, "operation not supported"),
  EDQUOT(122, "disk quota exceeded");

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  public int number() {
    return number;
  }

  /// The error that a result of [Syscalls] stands for; none where it is a success, or an error that
  /// has no name here.
  public static Optional<Errno> of(long result) {
    return Stream.of(values()).filter(errno -> errno.number == -result).findFirst();
  }

  /// A negative result in words and lower case, whether it has a name here or not.
  public static String describe(long result) {
    return of(result).map(errno -> errno.text).orElseGet(() -> "error number " + -result);
  }

  /// Whether the result of a call is this error.
  public boolean is(long result) {
    return result == -number;
  }
}
