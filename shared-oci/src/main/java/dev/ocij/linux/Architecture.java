package dev.ocij.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// The sets of system calls that processes of a machine may use.
public enum Architecture {
  X86_64(0xc000003e, 1),
  I386(0x40000003, 2),
  AARCH64(0xc00000b7, 3);

  private static final Map<String, String[]> LINES = read("syscalls.txt");

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
    var words = LINES.get(call);
    return words == null || words[column].equals("-")
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(words[column]));
  }

  private static Map<String, String[]> read(String resource) {
    try (var in = Architecture.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .collect(Collectors.toMap(words -> words[0], words -> words));
    } catch (IOException e) {
      throw new UncheckedIOException("read resource " + resource, e);
    }
  }
}
