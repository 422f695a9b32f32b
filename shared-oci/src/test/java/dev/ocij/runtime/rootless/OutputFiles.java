package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import java.nio.file.Path;

/// Files as the standard streams of a container, with nothing to read.
record OutputFiles(Stdio stdio) implements AutoCloseable {
  private static final long WRITE_CREATE_TRUNCATE = 01 | 0100 | 01000 | 02000000;

  static OutputFiles open(Path out, Path err) {
    return new OutputFiles(
        new Stdio(
            open(Path.of("/dev/null"), 0),
            open(out, WRITE_CREATE_TRUNCATE),
            open(err, WRITE_CREATE_TRUNCATE)));
  }

  private static int open(Path file, long flags) {
    return (int)
        new LinuxSyscalls()
            .call(
                "openat",
                Operand.of(-100),
                Operand.of(file.toString()),
                Operand.of(flags),
                Operand.of(0666));
  }

  @Override
  public void close() {
    for (int fd : new int[] {stdio.in(), stdio.out(), stdio.err()}) {
      new LinuxSyscalls().call("close", Operand.of(fd));
    }
  }
}
