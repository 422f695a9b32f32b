package dev.ocij.buildah.build;

import dev.ocij.buildah.context.IgnoreFile;
import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.layer.TreePath;
import java.util.List;
import java.util.function.Predicate;

/// What `--exclude` leaves out: patterns as in an ignore file, for paths inside a source that is a
/// directory, for the name of any other. With `--parents` they are for the paths that are kept.
///
/// @param prefixes how long what the patterns do not see is, by source
record Exclusion(IgnoreFile patterns, List<Prefix> prefixes) implements Predicate<String> {
  /// @param source its path in the tree that is copied from
  private record Prefix(String source, String unseen) {}

  static Exclusion of(List<String> patterns, boolean parents, List<FoundSource> sources) {
    var prefixes =
        sources.stream().map(each -> new Prefix(each.named(), unseen(each, parents))).toList();
    return new Exclusion(IgnoreFile.of("--exclude", patterns), prefixes);
  }

  @Override
  public boolean test(String path) {
    return !patterns.rules().isEmpty()
        && prefixes.stream()
            .filter(prefix -> TreePath.isWithin(path, prefix.source()))
            .map(prefix -> path.substring(prefix.unseen().length()))
            .anyMatch(seen -> !seen.isEmpty() && patterns.ignores(seen));
  }

  private static String unseen(FoundSource source, boolean parents) {
    if (parents) {
      return source.named().substring(0, source.named().length() - source.kept().length());
    }
    return source.entry().isDirectory() ? source.named() : TreePath.parent(source.named());
  }
}
