package dev.ocij.linux;

import java.util.Arrays;

/// A file in memory that has no name in any tree, can be executed, and can never be written again.
record SealedFile(int descriptor) implements AutoCloseable {
  private static final long CLOSED_BY_EXECVE_SEALABLE = 1 | 2;
  private static final long EXECUTABLE = 0x10;
  private static final long F_ADD_SEALS = 1033;
  private static final long ALL_SEALS = 1 | 2 | 4 | 8;

  static SealedFile of(String name, byte[] content) throws SystemCallException {
    var syscalls = new LinuxSyscalls();
    long made = create(syscalls, name, CLOSED_BY_EXECVE_SEALABLE | EXECUTABLE);
    if (Errno.EINVAL.is(made)) { // before version 6.3 of the kernel, all are
      made = create(syscalls, name, CLOSED_BY_EXECVE_SEALABLE);
    }
    var file = new SealedFile((int) checked("memfd_create", made));
    try {
      file.write(syscalls, content);
      checked(
          "fcntl",
          syscalls.call(
              "fcntl",
              Operand.of(file.descriptor),
              Operand.of(F_ADD_SEALS),
              Operand.of(ALL_SEALS)));
      return file;
    } catch (SystemCallException e) {
      file.close();
      throw e;
    }
  }

  private static long create(LinuxSyscalls syscalls, String name, long flags) {
    return syscalls.call("memfd_create", Operand.of(name), Operand.of(flags));
  }

  private void write(LinuxSyscalls syscalls, byte[] content) throws SystemCallException {
    for (int written = 0; written < content.length; ) {
      var rest = written == 0 ? content : Arrays.copyOfRange(content, written, content.length);
      written +=
          (int)
              checked(
                  "write",
                  syscalls.call(
                      "write", Operand.of(descriptor), Operand.of(rest), Operand.of(rest.length)));
    }
  }

  private static long checked(String call, long result) throws SystemCallException {
    if (result < 0) {
      throw new SystemCallException(call, "a file in memory", (int) -result);
    }
    return result;
  }

  @Override
  public void close() {
    Libc.close(descriptor);
  }
}
