package dev.ocij.skopeo.sync;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which tags of a listed repository are wanted.
///
/// @param excluded those that are not
/// @param latest how many of the newest releases are, by their versions; empty for all tags
public record TagFilter(Predicate<String> excluded, Optional<Integer> latest) {
  /// The wanted ones, in the order given.
  public List<String> of(List<String> tags) {
    var left = tags.stream().filter(excluded.negate()).toList();
    return latest.map(count -> newest(left, count)).orElse(left);
  }

  private static List<String> newest(List<String> tags, int count) {
    var newest = Set.copyOf(releases(tags).stream().limit(count).toList());
    return tags.stream()
        .filter(tag -> Version.parse(tag).filter(newest::contains).isPresent())
        .toList();
  }

  /// The newest first; `v1.2` and `1.2` are one.
  private static List<Version> releases(List<String> tags) {
    return tags.stream()
        .flatMap(tag -> Version.parse(tag).stream())
        .filter(version -> version.pre().isEmpty())
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
