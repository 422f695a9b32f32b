package dev.ocij.buildah.context;

import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.layer.Entry;
import dev.ocij.layer.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One search of a [SourceFinder], component by component of its pattern.
final class SourceSearch {
  private final SourceFinder finder;

  /// The components as written; [#pattern] is what they mean.
  private final List<String> names;

  private final List<PathPattern.Component> pattern;

  /// How many of the first components `--parents` drops.
  private final int pivot;

  private final List<FoundSource> found = new ArrayList<>();

  SourceSearch(SourceFinder finder, List<String> names, PathPattern pattern, int pivot) {
    this.finder = finder;
    this.names = names;
    this.pattern = pattern.components();
    this.pivot = pivot;
  }

  /// All that matches, each once, sorted by path.
  List<FoundSource> run() throws IOException {
    match(0, "");
    found.sort(Comparator.comparing(FoundSource::named));
    return found.stream().distinct().toList();
  }

  /// @param index of the component that comes next
  /// @param named what those before it matched
  private void match(int index, String named) throws IOException {
    if (index == pattern.size()) {
      finder.follow(named).ifPresent(entry -> add(named, entry));
      return;
    }
    switch (pattern.get(index)) {
      case PathPattern.Component.Named(var glob) when glob.isLiteral() ->
          match(index + 1, TreePath.child(named, unescaped(names.get(index))));
      case PathPattern.Component.Named(var glob) -> matchChildren(glob, index, named);
      case PathPattern.Component.Any _ -> matchBelow(index, named);
    }
  }

  private void matchChildren(Glob glob, int index, String named) throws IOException {
    for (var child : finder.children(named)) {
      if (glob.matches(child.name())) {
        match(index + 1, TreePath.child(named, child.name()));
      }
    }
  }

  /// `**`: the rest matches here, or in any directory below; at the end it matches all below.
  private void matchBelow(int index, String named) throws IOException {
    boolean last = index == pattern.size() - 1;
    if (!last) {
      match(index + 1, named);
    }
    for (var child : finder.children(named)) {
      var below = TreePath.child(named, child.name());
      if (last) {
        match(index + 1, below);
      }
      if (child.isDirectory()) {
        match(index, below);
      }
    }
  }

  private void add(String named, Entry entry) {
    var components = PathPattern.split(named);
    var kept = components.subList(Math.min(pivot, components.size()), components.size());
    found.add(new FoundSource(named, String.join("/", kept), entry));
  }

  private static String unescaped(String literal) {
    return literal.replaceAll("\\\\(.)", "$1");
  }
}
