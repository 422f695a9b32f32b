package dev.ocij.buildah.podman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The line of the present command.
public final class OwnLine {
  private OwnLine() {}

  /// Its words, for whoever wants to make the same thing again; none where they cannot be known.
  public static List<String> words() {
    try {
      var words = List.of(Files.readString(Path.of("/proc/self/cmdline")).split("\0"));
      int main = words.indexOf(PodmanJ.class.getName());
      return main < 0
          ? List.of()
          : Stream.concat(Stream.of("podman-j"), words.subList(main + 1, words.size()).stream())
              .toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
