package dev.ocij.buildah.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A pattern for a whole path: a [Glob] for each component, and `**` for any number of them.
record PathPattern(List<Component> components) {
  /// One component.
  sealed interface Component {
    /// `**`
    record Any() implements Component {}

    /// Anything else.
    record Named(Glob glob) implements Component {}
  }

  private static final String ANY = "**";

  /// No name is empty, so this matches none.
  private static final PathPattern NOTHING = parse(List.of(""), false).orElseThrow();

  /// @param deep whether `**` means more than `*`
  /// @return nothing where a component breaks the rules of [Glob]
  static Optional<PathPattern> parse(List<String> components, boolean deep) {
    var parsed = new ArrayList<Component>();
    for (var component : components) {
      var glob = Glob.parse(component);
      if (glob.isEmpty()) {
        return Optional.empty();
      }
      boolean any = deep && component.equals(ANY);
      parsed.add(any ? new Component.Any() : new Component.Named(glob.get()));
    }
    return Optional.of(new PathPattern(List.copyOf(parsed)));
  }

  /// What a line of an ignore file stands for: all that one of these matches. One for the root or
  /// for what is outside matches nothing.
  ///
  /// @return nothing where a component breaks the rules of [Glob], or [DoubleStars] are too many
  static Optional<List<PathPattern>> parseIgnored(String text) {
    var components = split(text);
    if (components.isEmpty() || leavesRoot(text)) {
      return Optional.of(List.of(NOTHING));
    }
    var patterns =
        DoubleStars.apart(String.join("/", components)).stream()
            .map(each -> parse(List.of(each.split("/")), true))
            .toList();
    boolean broken = patterns.isEmpty() || patterns.stream().anyMatch(Optional::isEmpty);
    return broken
        ? Optional.empty()
        : Optional.of(patterns.stream().map(Optional::orElseThrow).toList());
  }

  /// Whether only one path can match.
  boolean isLiteral() {
    return components.stream()
        .allMatch(each -> each instanceof Component.Named(var glob) && glob.isLiteral());
  }

  /// Whether the pattern matches this path or a directory that it is in. `x/**` matches what is
  /// below `x`, and not `x`.
  boolean matchesAround(List<String> path) {
    return reached(path).get(components.size());
  }

  /// Whether the pattern may match something below this directory.
  boolean mayMatchBelow(List<String> directory) {
    return !reached(directory).isEmpty();
  }

  /// How many components of the pattern may be behind us at the end of this path. All of them stay
  /// behind us once they are. Takes time in proportion to pattern times path, whatever the stars.
  private BitSet reached(List<String> path) {
    var reached = new BitSet(components.size() + 1);
    reach(0, reached);
    for (var name : path) {
      if (reached.isEmpty() || reached.get(components.size())) {
        break;
      }
      step(name, reached);
    }
    return reached;
  }

  /// Goes on by one name; from the last component down, so that none is taken twice.
  private void step(String name, BitSet reached) {
    for (int i = components.size() - 1; i >= 0; i--) {
      if (reached.get(i)) {
        switch (components.get(i)) {
          case Component.Named(var glob) -> {
            reached.clear(i);
            if (glob.matches(name)) {
              reach(i + 1, reached);
            }
          }
          case Component.Any _ -> reach(isLast(i) ? i + 1 : i, reached);
        }
      }
    }
  }

  /// `**` may stand for no name at all, except at the end.
  private void reach(int index, BitSet reached) {
    int next = index;
    reached.set(next);
    while (next < components.size()
        && !isLast(next)
        && components.get(next) instanceof Component.Any) {
      next++;
      reached.set(next);
    }
  }

  private boolean isLast(int index) {
    return index == components.size() - 1;
  }

  /// Whether a path leads out of the directory it starts from: what starts a level lower then loses
  /// that level.
  private static boolean leavesRoot(String path) {
    var level = "\0";
    return !path.startsWith("/") && !split(level + "/" + path).contains(level);
  }

  /// The components of a path that is relative to a root: `.`, `..` and empty ones are resolved,
  /// and nothing is above the root.
  static List<String> split(String path) {
    var components = new ArrayList<String>();
    for (var component : path.split("/")) {
      if (component.equals("..") && !components.isEmpty()) {
        components.removeLast();
      } else if (!Arrays.asList("", ".", "..").contains(component)) {
        components.add(component);
      }
    }
    return components;
  }
}
