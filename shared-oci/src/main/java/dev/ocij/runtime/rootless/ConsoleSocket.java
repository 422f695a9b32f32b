package dev.ocij.runtime.rootless;

import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// The socket of an engine that takes the terminal of a container: runtime-spec leaves it to the
/// runtimes, and all of them send one descriptor by `SCM_RIGHTS`.
record ConsoleSocket(Syscalls syscalls, Path path) {
  private static final int AF_UNIX = 1;
  private static final int STREAM_CLOEXEC = 1 | 02000000;
  private static final int ADDRESS = 110;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int CONTROL = 24;
  private static final int MESSAGE = 56;

  void send(long descriptor) {
    long socket =
        check(
            "open a socket",
            syscalls.call("socket", Operand.of(AF_UNIX), Operand.of(STREAM_CLOEXEC), Operand.ZERO));
    try {
      check(
          "connect to " + path,
          syscalls.call("connect", Operand.of(socket), address(), Operand.of(ADDRESS)));
      check(
          "send the terminal to " + path,
          syscalls.call("sendmsg", Operand.of(socket), message((int) descriptor), Operand.ZERO));
    } finally {
      syscalls.call("close", Operand.of(socket));
    }
  }

  private Operand.Memory address() {
    var name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > ADDRESS - 3) {
      throw new OciException(
          OciException.Category.USAGE,
          "connect to %s: the name of a socket has at most %d bytes".formatted(path, ADDRESS - 3));
    }
    var address = new byte[ADDRESS];
    address[0] = AF_UNIX;
    System.arraycopy(name, 0, address, 2, name.length);
    return Operand.of(address);
  }

  /// One byte, for a message without any carries nothing else.
  private static Operand.Memory message(int descriptor) {
    var content = Structure.of(16).word(8, 1).memory(0, Operand.of(new byte[1]));
    var control = Structure.of(CONTROL).word(0, 20).integer(8, SOL_SOCKET).integer(12, SCM_RIGHTS);
    var rights = control.integer(16, descriptor).memory();
    var header = Structure.of(MESSAGE).word(24, 1).word(40, CONTROL);
    return new Operand.Memory(header.memory().bytes(), Map.of(16, content, 32, rights));
  }

  private static long check(String what, long result) {
    return Terminal.check(what, result);
  }
}
