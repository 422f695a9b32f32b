package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;

/// The descriptors of this process that a container gets as its standard streams. They stay open
/// here.
public record Stdio(int in, int out, int err) {
  private static final long O_RDWR_CLOEXEC = 02 | 02000000;

  /// Those of the standard streams of this process that are wanted, and nothing in place of the
  /// others. The descriptor of nothing stays open as long as this process.
  public static Stdio attached(boolean in, boolean out, boolean err) {
    if (in && out && err) {
      return inherited();
    }
    int nothing = nothing();
    return new Stdio(in ? 0 : nothing, out ? 1 : nothing, err ? 2 : nothing);
  }

  /// A descriptor of nothing, to read and to write.
  public static int nothing() {
    return (int)
        new LinuxSyscalls()
            .call("openat", Operand.of(-100), Operand.of("/dev/null"), Operand.of(O_RDWR_CLOEXEC));
  }

  /// The standard streams of this process.
  public static Stdio inherited() {
    return new Stdio(0, 1, 2);
  }
}
