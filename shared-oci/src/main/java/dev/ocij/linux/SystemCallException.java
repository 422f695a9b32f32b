package dev.ocij.linux;

import java.io.IOException;

/// A system call that failed.
public final class SystemCallException extends IOException {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EACCES = 13;
  public static final int EEXIST = 17;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int ERANGE = 34;
  public static final int ELOOP = 40;
  public static final int ENODATA = 61;
  public static final int ENOTSUP = 95;

  private final int errno;

  SystemCallException(String call, String name, int errno) {
    super(call + " " + name + ": " + text(errno));
    this.errno = errno;
  }

  public int errno() {
    return errno;
  }

  private static String text(int errno) {
    return switch (errno) {
      case EPERM -> "operation not permitted";
      case ENOENT -> "no such file or directory";
      case 5 -> "input/output error";
      case EACCES -> "permission denied";
      case EEXIST -> "file exists";
      case ENOTDIR -> "not a directory";
      case EINVAL -> "invalid argument";
      case 24 -> "too many open files";
      case 28 -> "no space left on device";
      case 30 -> "read-only file system";
      case 36 -> "file name too long";
      case 39 -> "directory not empty";
      case ELOOP -> "symbolic link where none may be";
      case ENOTSUP -> "operation not supported";
      case 122 -> "disk quota exceeded";
      default -> "error number " + errno;
    };
  }
}
