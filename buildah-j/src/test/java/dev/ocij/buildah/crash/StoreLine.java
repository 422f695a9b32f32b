package dev.ocij.buildah.crash;

import dev.ocij.testing.Launcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A line that runs buildah-j on a store.
final class StoreLine {
  private StoreLine() {}

  /// The launcher ends as Java, so that a signal reaches that.
  static List<String> of(Path root, String... words) {
    var line = new ArrayList<String>();
    line.add(Launcher.BUILDAH_J.distribution().resolve("bin/buildah-j").toString());
    line.add("--root=" + root);
    line.addAll(List.of(words));
    return line;
  }
}
