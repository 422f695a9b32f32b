package dev.ocij.linux;

import java.util.OptionalInt;

/// The sets of system calls that processes of a machine may use.
public enum Architecture {
  X86_64(0xc000003e, 0),
  I386(0x40000003, 1),
  AARCH64(0xc00000b7, 2);

  private final int audit;
  private final int column;

  Architecture(int audit, int column) {
    this.audit = audit;
    this.column = column;
  }

  /// That of this process.
  ///
  /// @throws UnsupportedOperationException where there is no spawn code for the machine
  public static Architecture current() {
    var name = System.getProperty("os.arch", "");
    return switch (name) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64" -> AARCH64;
      default -> throw new UnsupportedOperationException("no system calls known for " + name);
    };
  }

  /// The `AUDIT_ARCH_…` value that seccomp filters compare with.
  public int audit() {
    return audit;
  }

  /// The number of the call of this name, where the architecture has it.
  public OptionalInt number(String call) {
    return SystemCallNumbers.of(call, column);
  }
}
