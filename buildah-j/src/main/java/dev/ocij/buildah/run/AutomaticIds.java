package dev.ocij.buildah.run;

import dev.ocij.runtime.IdMap;
import dev.ocij.runtime.IdMaps;
import dev.ocij.runtime.LinuxConfig.IdMapping;
import dev.ocij.runtime.RootFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Ids that a container gets of those that no other one has, as `--userns auto` wants them.
///
/// @param size how many it is to have; null for as many as its image needs
/// @param users ranges that it gets at any rate
/// @param groups the same of groups
public record AutomaticIds(@Nullable Long size, List<IdMapping> users, List<IdMapping> groups) {
  private static final long LEAST = 1024;
  private static final long MOST = 65536;
  private static final long NOBODY = 65534;
  private static final List<String> ACCOUNTS = List.of("/etc/passwd", "/etc/group");

  public AutomaticIds {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }

  /// Takes free ids for a container whose image has these files.
  ///
  /// @param user that was asked for; null for the image's
  IdMaps take(TakenIds taken, RootFiles files, @Nullable String user) {
    long wanted = size == null ? needed(files, user) : size;
    return new IdMaps(
        map(wanted, users, taken.free("uid", missing(wanted, users), users)),
        map(wanted, groups, taken.free("gid", missing(wanted, groups), groups)));
  }

  /// So many that all accounts of the image have ids; nobody, the last, needs none.
  static long needed(RootFiles files, @Nullable String user) {
    var named = ACCOUNTS.stream().flatMap(path -> ids(files.read(path).orElse("")));
    var asked = user == null ? Stream.<String>empty() : Stream.of(user.split(":"));
    long highest =
        Stream.concat(named, asked)
            .filter(id -> id.matches("[0-9]{1,10}"))
            .mapToLong(Long::parseLong)
            .filter(id -> id != NOBODY)
            .max()
            .orElse(0);
    return Math.clamp(highest + 1, LEAST, MOST);
  }

  private static Stream<String> ids(String accounts) {
    return accounts
        .lines()
        .map(line -> line.split(":"))
        .filter(fields -> fields.length > 2)
        .map(fields -> fields[2]);
  }

  private static long missing(long size, List<IdMapping> given) {
    return gaps(size, given).stream().mapToLong(IdMapping::size).sum();
  }

  /// The given ranges, and all other ids below `size` from `start` on.
  static IdMap map(long size, List<IdMapping> given, long start) {
    var all = new ArrayList<>(given);
    long next = start;
    for (var gap : gaps(size, given)) {
      all.add(new IdMapping(gap.containerID(), next, gap.size()));
      next += gap.size();
    }
    all.sort((one, other) -> Long.compare(one.containerID(), other.containerID()));
    return new IdMap(all);
  }

  /// What ids below `size` are in none of the ranges.
  private static List<IdMapping> gaps(long size, List<IdMapping> given) {
    var inOrder = new ArrayList<>(given);
    inOrder.sort((one, other) -> Long.compare(one.containerID(), other.containerID()));
    var gaps = new ArrayList<IdMapping>();
    long next = 0;
    for (var range : inOrder) {
      long end = Math.min(range.containerID(), size);
      if (end > next) {
        gaps.add(new IdMapping(next, 0, end - next));
      }
      next = Math.max(next, range.containerID() + range.size());
    }
    if (size > next) {
      gaps.add(new IdMapping(next, 0, size - next));
    }
    return gaps;
  }
}
