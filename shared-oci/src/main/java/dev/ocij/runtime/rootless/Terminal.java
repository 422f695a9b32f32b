package dev.ocij.runtime.rootless;

import dev.ocij.linux.Errno;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Spawn;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// The outer end of a container's terminal.
///
/// It belongs to a devpts of the container's own, made here and not mounted anywhere yet: a
/// terminal of the host's would have no name inside.
public final class Terminal implements AutoCloseable {
  private static final long O_RDWR_NOCTTY_CLOEXEC = 02 | 0400 | 02000000;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TIOCGPTN = 0x80045430L;
  private static final long O_NONBLOCK = 04000;
  private static final long F_SETFL = 4;
  private static final long IN_ROOT = 0x12;
  private static final int CHUNK = 1 << 13;

  private final Syscalls syscalls;
  private final long devpts;
  private final long master;

  private Terminal(Syscalls syscalls, long devpts, long master) {
    this.syscalls = syscalls;
    this.devpts = devpts;
    this.master = master;
  }

  /// Makes a devpts with these options and its first terminal.
  static Terminal open(Syscalls syscalls, List<String> options) {
    long devpts = MadeMount.make(syscalls, "devpts", MountOptions.parse(options));
    long master =
        check(
            "open a terminal",
            syscalls.call(
                "openat",
                Operand.of(devpts),
                Operand.of("ptmx"),
                Operand.of(O_RDWR_NOCTTY_CLOEXEC)));
    check(
        "unlock the terminal",
        syscalls.call(
            "ioctl", Operand.of(master), Operand.of(TIOCSPTLCK), Operand.of(new byte[4])));
    return new Terminal(syscalls, devpts, master);
  }

  /// Gives the first terminal to a user, who opens it again by its name, where that is allowed.
  void giveTo(long user) {
    syscalls.call(
        "fchownat",
        Operand.of(devpts),
        Operand.of("0"),
        Operand.of(user),
        Operand.of(-1),
        Operand.ZERO);
  }

  /// A new terminal of a container that runs, in its own devpts.
  ///
  /// The path is looked up inside the container's root and leads to a terminal or to an error: the
  /// container may have put anything there.
  public static Terminal in(HostProcess container) {
    var syscalls = new LinuxSyscalls();
    long root =
        check(
            "open the container's root",
            syscalls.call(
                "openat",
                Operand.of(-100),
                Operand.of(container.root().toString()),
                Operand.of(RootLowering.O_PATH | RootLowering.O_CLOEXEC)));
    try {
      long master = check("open a terminal of the container", openMultiplexer(syscalls, root));
      check(
          "unlock the terminal",
          syscalls.call(
              "ioctl", Operand.of(master), Operand.of(TIOCSPTLCK), Operand.of(new byte[4])));
      return new Terminal(syscalls, -1, master);
    } finally {
      syscalls.call("close", Operand.of(root));
    }
  }

  private static long openMultiplexer(Syscalls syscalls, long root) {
    var how = Structure.of(24).word(0, O_RDWR_NOCTTY_CLOEXEC | O_NONBLOCK).word(16, IN_ROOT);
    long master =
        syscalls.call(
            "openat2", Operand.of(root), Operand.of("/dev/pts/ptmx"), how.memory(), Operand.of(24));
    if (master >= 0) {
      syscalls.call("fcntl", Operand.of(master), Operand.of(F_SETFL), Operand.of(2));
    }
    return master;
  }

  /// The path of the inner end in the container.
  public String path() {
    var number = Structure.of(4);
    check(
        "name the terminal",
        syscalls.call("ioctl", Operand.of(master), Operand.of(TIOCGPTN), number.memory()));
    return "/dev/pts/" + number.integer(0);
  }

  /// Gives this end to an engine that listens on a socket.
  public void send(Path socket) {
    new ConsoleSocket(syscalls, socket).send(master);
  }

  /// Lets a program of the host read on from this end: who uses the other one goes on when this
  /// process has ended.
  public void leave() {
    int nothing = Stdio.nothing();
    var program =
        SyscallProgram.of(
            List.of(
                new InitAction.NewSession(),
                new InitAction.DefaultSignals(),
                new InitAction.StandardStreams(new Stdio((int) master, nothing, nothing)),
                new InitAction.CloseDescriptors(List.of()),
                new InitAction.Execute(List.of("cat"), List.of("PATH=/usr/bin:/bin"))));
    var reader = syscalls.spawn(new Spawn(0, program.calls()));
    if (reader.pid() < 0 || reader.failure().isPresent()) {
      throw new OciException(
          Category.IMPOSSIBLE, "leave the terminal: no program cat reads on from it");
    }
  }

  public OptionalLong devpts() {
    return OptionalLong.of(devpts);
  }

  /// Tells the programs in the container how large their window is.
  public void resize(int rows, int columns) {
    var size = Structure.of(8).halfWord(0, rows).halfWord(2, columns).memory();
    syscalls.call("ioctl", Operand.of(master), Operand.of(TIOCSWINSZ), size);
  }

  /// What is typed in the container.
  public OutputStream input() {
    return new Input();
  }

  /// What the container shows; ends when its last program has closed the terminal.
  public InputStream output() {
    return new Output();
  }

  @Override
  public void close() {
    syscalls.call("close", Operand.of(master));
    syscalls.call("close", Operand.of(devpts));
  }

  static long check(String what, long result) {
    if (result < 0) {
      throw new OciException(Category.IMPOSSIBLE, "%s: %s".formatted(what, Errno.describe(result)));
    }
    return result;
  }

  private final class Input extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int written = 0;
      while (written < length) {
        var rest = Arrays.copyOfRange(bytes, offset + written, offset + length);
        long result =
            syscalls.call("write", Operand.of(master), Operand.of(rest), Operand.of(rest.length));
        if (result < 0) {
          throw new IOException("write to the terminal: " + Errno.describe(result));
        }
        written += (int) result;
      }
    }
  }

  private final class Output extends InputStream {
    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      var chunk = new byte[Math.min(length, CHUNK)];
      long result =
          syscalls.call("read", Operand.of(master), Operand.of(chunk), Operand.of(chunk.length));
      // A terminal that no program holds open any more answers with EIO.
      if (result == 0 || Errno.EIO.is(result)) {
        return -1;
      }
      if (result < 0) {
        throw new IOException("read from the terminal: " + Errno.describe(result));
      }
      System.arraycopy(chunk, 0, target, offset, (int) result);
      return (int) result;
    }
  }
}
