package dev.ocij.buildah.context;

import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.buildah.overlay.Tree;
import dev.ocij.buildah.text.Closest;
import dev.ocij.layer.Entry;
import dev.ocij.layer.TreePath;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what the sources of COPY and ADD name in a tree. Wildcards are those of [Glob]. Links are
/// followed as if the tree were all there is: none leads out of it.
///
/// @param tree where a path with a link on the way is absent
/// @param place how messages call the tree
public record SourceFinder(Tree tree, String place) {
  private static final int MOST_LINKS = 40;

  /// All that a source names, sorted by path. Wildcards may match nothing, as BuildKit has it:
  /// `COPY package.json yarn.lock* ./` is what people write.
  ///
  /// @param deep whether `**` matches any number of directories, as with `--parents`
  /// @throws OciException of category `USAGE` where a name without wildcards is not there
  public List<FoundSource> find(String source, boolean deep) throws IOException {
    var names = PathPattern.split(source);
    var pattern = PathPattern.parse(names, deep).orElseThrow(() -> invalid(source));
    var found = new SourceSearch(this, names, pattern, pivot(source)).run();
    if (found.isEmpty() && pattern.isLiteral()) {
      throw missing(source, names);
    }
    return found;
  }

  /// What stands in what this path leads to.
  List<Entry> children(String named) throws IOException {
    var directory = follow(named).filter(Entry::isDirectory);
    return directory.isEmpty() ? List.of() : tree.list(directory.get().path());
  }

  /// What stands at a path, all links followed inside the tree; nothing where they lead in circles.
  Optional<Entry> follow(String path) throws IOException {
    var todo = new ArrayList<>(PathPattern.split(path).reversed());
    var current = tree.lookup("");
    int links = 0;
    while (!todo.isEmpty() && current.isPresent()) {
      var directory = current.get().path();
      var next = tree.lookup(TreePath.child(directory, todo.removeLast()));
      if (next.isPresent() && next.get().isSymlink()) {
        if (++links > MOST_LINKS) {
          return Optional.empty();
        }
        var target = next.get().target();
        var whole = target.startsWith("/") ? target : directory + "/" + target;
        todo.addAll(PathPattern.split(whole).reversed());
        current = tree.lookup("");
      } else {
        current = next;
      }
    }
    return current;
  }

  private static OciException invalid(String source) {
    return new OciException(
        OciException.Category.USAGE,
        "find %s: invalid wildcard; put \\ before a bracket that means itself"
            .formatted(Quoted.escape(source)));
  }

  private OciException missing(String source, List<String> names) throws IOException {
    var help = help(String.join("/", names));
    return new OciException(
        OciException.Category.USAGE,
        "find %s: no such file or directory in %s%s"
            .formatted(Quoted.escape(source), place, help.isEmpty() ? "" : "; " + help));
  }

  private String help(String path) throws IOException {
    var name = TreePath.name(path);
    var there = children(TreePath.parent(path)).stream().map(Entry::name).toList();
    return there.contains(name)
        ? "it is a link that leads to nothing in there"
        : Closest.question(name, there);
  }

  /// How many components stand before `/./`.
  private static int pivot(String source) {
    int pivot = source.indexOf("/./");
    return pivot < 0 ? 0 : PathPattern.split(source.substring(0, pivot)).size();
  }
}
