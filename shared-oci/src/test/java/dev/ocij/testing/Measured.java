package dev.ocij.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What became of a command, and the most memory that it had.
///
/// @param mebibytes resident, at the highest
public record Measured(Outcome outcome, long mebibytes) {
  private static final String PROGRAM =
      """
      import resource, subprocess, sys
      status = subprocess.run(sys.argv[2:]).returncode
      open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
      sys.exit(status if status >= 0 else 128 - status)
      """;

  /// Runs one of our programs, as its user starts it.
  public static Measured run(Launcher launcher, String... args) {
    var python = Tool.required("python3").program().toString();
    try (var folder = TemporaryFolder.create("measured")) {
      var kibibytes = folder.path().resolve("kibibytes");
      var command = new ArrayList<>(List.of(python, "-c", PROGRAM, kibibytes.toString()));
      command.add(launcher.script().toString());
      command.addAll(List.of(args));
      var outcome = Run.of(command).outcome();
      return new Measured(outcome, read(kibibytes) >> 10);
    }
  }

  private static long read(Path file) {
    try {
      return Long.parseLong(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }
}
