package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import java.util.Optional;

/// The terminal that this process was started in, seen through its standard input.
///
/// While a program in a container has a terminal of its own, this one must only pass on what is
/// typed and shown: in raw mode. Closing brings back what was before.
public final class HostTerminal implements AutoCloseable {
  private static final long TCGETS = 0x5401;
  private static final long TCSETS = 0x5402;
  private static final long TIOCGWINSZ = 0x5413;
  private static final int TERMIOS = 64;
  private static final int INPUT = 0;
  private static final int OUTPUT = 4;
  private static final int CONTROL = 8;
  private static final int LOCAL = 12;

  /// Breaks, parity, translated line ends, stopping by Ctrl-S.
  private static final int COOKED_INPUT = 02753;

  private static final int COOKED_OUTPUT = 1;
  private static final int SIZE_AND_PARITY = 0460;
  private static final int EIGHT_BITS = 060;

  /// Echo, lines, signals by keys, quoting.
  private static final int COOKED_LOCAL = 0100113;

  private final Syscalls syscalls;
  private final byte[] before;

  private HostTerminal(Syscalls syscalls, byte[] before) {
    this.syscalls = syscalls;
    this.before = before;
  }

  /// Whether standard input is a terminal.
  public static boolean isPresent() {
    return settings(new LinuxSyscalls()).result() >= 0;
  }

  /// Puts the terminal into raw mode; one that is not there stays so.
  public static HostTerminal raw() {
    var syscalls = new LinuxSyscalls();
    var settings = settings(syscalls);
    if (settings.result() < 0) {
      return new HostTerminal(syscalls, new byte[0]);
    }
    var terminal = new HostTerminal(syscalls, settings.bytes());
    terminal.set(rawForm(settings.bytes().clone()));
    return terminal;
  }

  /// Gives a container's terminal the size of this one; nothing happens where there is none.
  public void resize(Terminal other) {
    size().ifPresent(size -> other.resize(size.rows(), size.columns()));
  }

  /// The size of this one, where there is one and it has a size.
  public Optional<WindowSize> size() {
    var size = Structure.of(8);
    long result = syscalls.call("ioctl", Operand.ZERO, Operand.of(TIOCGWINSZ), size.memory());
    return result >= 0 && size.halfWord(0) > 0
        ? Optional.of(new WindowSize(size.halfWord(0), size.halfWord(2)))
        : Optional.empty();
  }

  @Override
  public void close() {
    if (before.length > 0) {
      set(before);
    }
  }

  private void set(byte[] settings) {
    syscalls.call("ioctl", Operand.ZERO, Operand.of(TCSETS), Operand.of(settings));
  }

  private record Settings(long result, byte[] bytes) {}

  private static Settings settings(Syscalls syscalls) {
    var bytes = new byte[TERMIOS];
    long result = syscalls.call("ioctl", Operand.ZERO, Operand.of(TCGETS), Operand.of(bytes));
    return new Settings(result, bytes);
  }

  private static byte[] rawForm(byte[] settings) {
    var fields = Structure.on(settings);
    fields.integer(INPUT, fields.integer(INPUT) & ~COOKED_INPUT);
    fields.integer(OUTPUT, fields.integer(OUTPUT) & ~COOKED_OUTPUT);
    fields.integer(CONTROL, (fields.integer(CONTROL) & ~SIZE_AND_PARITY) | EIGHT_BITS);
    fields.integer(LOCAL, fields.integer(LOCAL) & ~COOKED_LOCAL);
    return settings;
  }
}
