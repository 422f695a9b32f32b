package dev.ocij.buildah.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// The control groups of containers, of anybody's.
final class ControlGroups {
  private static final Path MOUNT = Path.of("/sys/fs/cgroup");

  private ControlGroups() {}

  static Set<Path> all() {
    return below(MOUNT);
  }

  static Set<Path> below(Path group) {
    if (!Files.isDirectory(group)) {
      return Set.of();
    }
    try (var all = Files.walk(group)) {
      return all.filter(each -> String.valueOf(each.getFileName()).startsWith("ocij-"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
