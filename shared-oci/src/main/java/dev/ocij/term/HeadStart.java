package dev.ocij.term;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.spec.Digest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What the JDK starts slowly and most commands of a program want. It is begun on a thread of its
/// own while the command line is read: a second processor has it ready by the time it is wanted,
/// and whoever wants it earlier starts it as ever.
public enum HeadStart {
  /// Powers of ten that each reader of JSON waits for, though no document needs them.
  NUMBERS(() -> BigDecimal.ONE),
  /// The provider of message digests.
  DIGESTS(Digest.Algorithm.SHA256::newHash),
  /// Calls into the system's library.
  SYSCALLS(LinuxSyscalls::new);

  private static final Set<String> TELL = Set.of("--help", "-h", "help", "--version", "-v");

  private final Wanted wanted;

  HeadStart(Wanted wanted) {
    this.wanted = wanted;
  }

  /// Begins these, in their order, unless the program is only asked about itself.
  public static void begin(String[] arguments, HeadStart... wanted) {
    var words = List.of(arguments);
    if (words.isEmpty() || TELL.contains(words.getFirst()) || TELL.contains(words.getLast())) {
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("head-start")
        .start(() -> {
          for (var each : wanted) {
            Objects.requireNonNull(each.wanted.start());
          }
        });
  }

  @FunctionalInterface
  private interface Wanted {
    Object start();
  }
}
