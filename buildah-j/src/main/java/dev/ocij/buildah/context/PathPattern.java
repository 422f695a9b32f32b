package dev.ocij.buildah.context;

import java.util.ArrayList;
import java.util.Arrays;
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

  /// A pattern of an ignore file. One for the root or for what is outside matches nothing.
  ///
  /// `**x` is `**/x`, and `x**` at the end is `x*`, as Docker has it.
  ///
  /// @return nothing where a component breaks the rules of [Glob] or has `**` in its middle
  static Optional<PathPattern> parseIgnored(String text) {
    var components = split(text);
    if (components.isEmpty() || leavesRoot(text)) {
      return Optional.of(NOTHING);
    }
    return spread(components).flatMap(spread -> parse(spread, true));
  }

  /// Whether the pattern matches this path or a directory that it is in. `x/**` matches what is
  /// below `x`, and not `x`.
  boolean matchesAround(List<String> path) {
    return matches(0, path, 0, false);
  }

  /// Whether the pattern may match something below this directory.
  boolean mayMatchBelow(List<String> directory) {
    return matches(0, directory, 0, true);
  }

  private boolean matches(int index, List<String> path, int at, boolean below) {
    if (index == components.size()) {
      return true;
    }
    if (at == path.size()) {
      return below;
    }
    return switch (components.get(index)) {
      case Component.Named(var glob) ->
          glob.matches(path.get(at)) && matches(index + 1, path, at + 1, below);
      case Component.Any _ -> below || anyMatches(index, path, at);
    };
  }

  private boolean anyMatches(int index, List<String> path, int at) {
    if (index == components.size() - 1) {
      return true;
    }
    for (int next = at; next < path.size(); next++) {
      if (matches(index + 1, path, next, false)) {
        return true;
      }
    }
    return false;
  }

  /// The components with each `**` as one of its own.
  private static Optional<List<String>> spread(List<String> components) {
    var spread = new ArrayList<String>();
    for (var component : components) {
      boolean leading = component.startsWith(ANY) && !component.equals(ANY);
      if (leading) {
        spread.add(ANY);
      }
      spread.add(leading ? component.substring(ANY.length()) : component);
    }
    var last = spread.removeLast();
    boolean trailing = last.endsWith(ANY) && !last.equals(ANY) && !last.endsWith("\\" + ANY);
    spread.add(trailing ? last.substring(0, last.length() - 1) : last);
    boolean inside = spread.stream().anyMatch(c -> c.contains(ANY) && !c.equals(ANY));
    return inside ? Optional.empty() : Optional.of(spread);
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
