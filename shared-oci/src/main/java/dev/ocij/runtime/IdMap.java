package dev.ocij.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

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

  /// The same map in ranges of which each lies in one range of the outer namespace: the kernel
  /// takes no others.
  public IdMap within(IdMap outer) {
    var pieces = new ArrayList<LinuxConfig.IdMapping>();
    for (var whole : mappings) {
      long end = whole.hostID() + whole.size();
      for (long from = whole.hostID(); from < end; ) {
        long here = from;
        long limit =
            outer.mappings.stream()
                .filter(each -> each.holds(here))
                .mapToLong(each -> each.containerID() + each.size())
                .findFirst()
                .orElse(end);
        long size = Math.min(limit, end) - from;
        long inside = whole.containerID() + from - whole.hostID();
        pieces.add(new LinuxConfig.IdMapping(inside, from, size));
        from += size;
      }
    }
    return new IdMap(pieces);
  }

  /// How many ids there are.
  public long size() {
    return mappings.stream().mapToLong(LinuxConfig.IdMapping::size).sum();
  }

  /// The id outside that this one inside stands for.
  public OptionalLong outside(long id) {
    return mappings.stream()
        .filter(each -> each.holds(id))
        .mapToLong(each -> id - each.containerID() + each.hostID())
        .findFirst();
  }

  /// The id inside that stands for this one outside.
  public OptionalLong inside(long id) {
    return mappings.stream()
        .filter(each -> id >= each.hostID() && id < each.hostID() + each.size())
        .mapToLong(each -> id - each.hostID() + each.containerID())
        .findFirst();
  }

  /// Whether this id inside stands for one outside.
  public boolean contains(long id) {
    return mappings.stream().anyMatch(each -> each.holds(id));
  }
}
