package dev.ocij.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Which ids exist in the user namespace of this process.
public record IdMap(List<LinuxConfig.IdMapping> mappings) {

  /// @param kind `uid` or `gid`
  public static IdMap ofProcess(String kind) {
    try {
      return parse(Files.readString(Path.of("/proc/self/" + kind + "_map")));
    } catch (IOException _) {
      return new IdMap(List.of(new LinuxConfig.IdMapping(0, 0, 1L << 32)));
    }
  }

  static IdMap parse(String text) {
    return new IdMap(
        text.lines()
            .map(line -> line.strip().split(" +"))
            .map(words ->
                new LinuxConfig.IdMapping(
                    Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])))
            .toList());
  }

  /// How many ids there are.
  public long size() {
    return mappings.stream().mapToLong(LinuxConfig.IdMapping::size).sum();
  }

  /// Whether this id inside stands for one outside.
  public boolean contains(long id) {
    return mappings.stream()
        .anyMatch(each -> id >= each.containerID() && id < each.containerID() + each.size());
  }
}
