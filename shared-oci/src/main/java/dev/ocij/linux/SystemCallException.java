package dev.ocij.linux;

import java.io.IOException;
import java.util.stream.Stream;

/// A system call that failed.
public final class SystemCallException extends IOException {
  private final int errno;

  SystemCallException(String call, String name, int errno) {
    super(call + " " + name + ": " + Errno.describe(-errno));
    this.errno = errno;
  }

  /// The number, whether [Errno] has it or not.
  public int errno() {
    return errno;
  }

  /// Whether it is one of these errors.
  public boolean is(Errno... errors) {
    return Stream.of(errors).anyMatch(error -> error.number() == errno);
  }

  /// Whether a directory was to be opened, without following links, where there is nothing, a file
  /// or a link.
  public boolean findsNoDirectory() {
    return is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP);
  }
}
