package dev.ocij.buildah.context;

import dev.ocij.buildah.text.Closest;
import dev.ocij.layer.Entry;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what the sources of COPY and ADD name in a tree. Wildcards are those of [Glob]. Links are
/// followed as if the tree were all there is: none leads out of it.
///
/// @param root how messages call the tree
public record SourceFinder(String root, Lookup lookup, Listing listing) {
  private static final int MOST_LINKS = 40;

  /// What stands at a path whose parents are no links; links are not followed.
  @FunctionalInterface
  public interface Lookup {
    Optional<Entry> at(String path) throws IOException;
  }

  /// What stands in a directory that is no link.
  @FunctionalInterface
  public interface Listing {
    List<Entry> in(String directory) throws IOException;
  }

  /// All that a source names, sorted by path.
  ///
  /// @param deep whether `**` matches any number of directories, as with `--parents`
  /// @throws OciException of category `NOT_FOUND` where there is nothing
  public List<FoundSource> find(String source, boolean deep) throws IOException {
    var names = PathPattern.split(source);
    var pattern = PathPattern.parse(names, deep).orElseThrow(() -> invalid(source));
    var found = new SourceSearch(this, names, pattern, pivot(source)).run();
    if (found.isEmpty()) {
      throw missing(names);
    }
    return found;
  }

  /// What stands in what this path leads to.
  List<Entry> children(String named) throws IOException {
    var directory = follow(named).filter(Entry::isDirectory);
    return directory.isEmpty() ? List.of() : listing.in(directory.get().path());
  }

  /// What stands at a path, all links followed inside the tree; nothing where they lead in circles.
  Optional<Entry> follow(String path) throws IOException {
    var todo = new ArrayList<>(PathPattern.split(path).reversed());
    var current = lookup.at("");
    int links = 0;
    while (!todo.isEmpty() && current.isPresent()) {
      var directory = current.get().path();
      var next = lookup.at(join(directory, todo.removeLast()));
      if (next.isPresent() && next.get().isSymlink()) {
        if (++links > MOST_LINKS) {
          return Optional.empty();
        }
        var target = next.get().target();
        var whole = target.startsWith("/") ? target : directory + "/" + target;
        todo.addAll(PathPattern.split(whole).reversed());
        current = lookup.at("");
      } else {
        current = next;
      }
    }
    return current;
  }

  private static OciException invalid(String source) {
    return new OciException(
        OciException.Category.USAGE,
        "copy %s: invalid wildcard; put \\ before a bracket that means itself"
            .formatted(Quoted.of(source)));
  }

  private OciException missing(List<String> names) throws IOException {
    var path = "/" + String.join("/", names);
    var help = help(path.substring(1));
    return new OciException(
        OciException.Category.NOT_FOUND,
        "checking on sources under %s: copier: stat: %s: no such file or directory%s"
            .formatted(Quoted.of(root), Quoted.of(path), help.isEmpty() ? "" : "; " + help));
  }

  private String help(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    var name = path.substring(slash + 1);
    var there = children(path.substring(0, Math.max(0, slash))).stream().map(Entry::name).toList();
    return there.contains(name)
        ? "it is a link that leads to nothing in there"
        : Closest.question(name, there);
  }

  /// How many components stand before `/./`.
  private static int pivot(String source) {
    int pivot = source.indexOf("/./");
    return pivot < 0 ? 0 : PathPattern.split(source.substring(0, pivot)).size();
  }

  static String join(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }
}
