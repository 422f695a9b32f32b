package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

  /// As [#attached], once somebody wants them: who starts no program asks nothing of the system.
  public static Supplier<Stdio> later(boolean in, boolean out, boolean err) {
    return new Later(in, out, err);
  }

  private static final class Later implements Supplier<Stdio> {
    private final boolean in;
    private final boolean out;
    private final boolean err;
    private @Nullable Stdio opened;

    private Later(boolean in, boolean out, boolean err) {
      this.in = in;
      this.out = out;
      this.err = err;
    }

    @Override
    public synchronized Stdio get() {
      var streams = opened == null ? attached(in, out, err) : opened;
      opened = streams;
      return streams;
    }
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
