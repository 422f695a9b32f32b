package dev.ocij.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Jazzer calls: the target that the property `fuzz.target` names.
public final class FuzzDriver {
  private static final FuzzTarget TARGET =
      FuzzTargets.all().stream()
          .filter(target -> target.name().equals(System.getProperty("fuzz.target")))
          .findFirst()
          .orElseThrow();

  private FuzzDriver() {}

  public static void fuzzerTestOneInput(byte[] input) {
    TARGET.run(input);
  }

  /// Writes the seeds of every target to a folder of its name below the one that is given.
  public static final class Seeds {
    private Seeds() {}

    public static void main(String[] args) throws IOException {
      for (var target : FuzzTargets.all()) {
        var folder = Files.createDirectories(Path.of(args[0], target.name()));
        for (int i = 0; i < target.seeds().size(); i++) {
          Files.write(folder.resolve("seed" + i), target.seeds().get(i));
        }
      }
    }
  }
}
