package dev.ocij.skopeo.sync;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
    var newest = new TreeSet<Version>();
    releases(tags).descendingSet().stream().limit(count).forEach(newest::add);
    return tags.stream()
        .filter(tag -> Version.parse(tag).filter(newest::contains).isPresent())
        .toList();
  }

  /// In their order; `v1.2`, `1.2` and `1.2.0` are one.
  private static TreeSet<Version> releases(List<String> tags) {
    return tags.stream()
        .flatMap(tag -> Version.parse(tag).stream())
        .filter(version -> version.pre().isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
