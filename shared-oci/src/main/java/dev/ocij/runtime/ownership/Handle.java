package dev.ocij.runtime.ownership;

import dev.ocij.linux.Operand;
import dev.ocij.linux.RawName;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import java.util.Arrays;
import java.util.Optional;

/// A file of the container, whatever its kind, held by a descriptor that was opened with `O_PATH`.
record Handle(Syscalls syscalls, long descriptor) implements AutoCloseable {
  static final long AT_EMPTY_PATH = 0x1000;
  static final int BASIC_AND_BIRTH = 0xfff;
  static final int STATX = 256;

  private static final int LONGEST_VALUE = 64;
  private static final int LONGEST_PATH = 4096;
  private static final Operand.Memory EMPTY = Operand.of("");

  /// What statx(2) says.
  Structure status() {
    var statx = Structure.of(STATX);
    syscalls.call(
        "statx",
        Operand.of(descriptor),
        EMPTY,
        Operand.of(AT_EMPTY_PATH),
        Operand.of(BASIC_AND_BIRTH),
        statx.memory());
    return statx;
  }

  int mode() {
    return status().halfWord(28);
  }

  /// Makes root the owner, as it was, with all that chown(2) does besides: set-id bits go, times
  /// change, an overlay gets its own copy.
  long touchOwner() {
    return syscalls.call(
        "fchownat",
        Operand.of(descriptor),
        EMPTY,
        Operand.ZERO,
        Operand.ZERO,
        Operand.of(AT_EMPTY_PATH));
  }

  /// A short attribute, where the file has it.
  Optional<byte[]> attribute(String name) {
    var value = new byte[LONGEST_VALUE];
    long length =
        syscalls.call(
            "getxattr", link(), Operand.of(name), Operand.of(value), Operand.of(value.length));
    return length < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(value, (int) length));
  }

  /// Returns false where files of this kind, or here, have no such attributes.
  boolean setAttribute(String name, byte[] value) {
    return syscalls.call(
            "setxattr",
            link(),
            Operand.of(name),
            Operand.of(value),
            Operand.of(value.length),
            Operand.ZERO)
        >= 0;
  }

  void removeAttribute(String name) {
    syscalls.call("removexattr", link(), Operand.of(name));
  }

  /// The path in the container's mount namespace, as [RawName] has it; empty where it has none.
  String path() {
    var path = new byte[LONGEST_PATH];
    long length =
        syscalls.call(
            "readlinkat",
            Operand.of(Named.CURRENT_DIRECTORY),
            link(),
            Operand.of(path),
            Operand.of(path.length));
    return length < 0 ? "" : RawName.decode(Arrays.copyOf(path, (int) length));
  }

  private Operand.Memory link() {
    return Operand.of("/proc/self/fd/" + descriptor);
  }

  @Override
  public void close() {
    syscalls.call("close", Operand.of(descriptor));
  }
}
