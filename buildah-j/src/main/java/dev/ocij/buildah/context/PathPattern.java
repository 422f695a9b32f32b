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

  /// @param deep whether `**` means more than `*`
  /// @return nothing where a component breaks the rules of [Glob]
  static Optional<PathPattern> parse(List<String> components, boolean deep) {
    var parsed = new ArrayList<Component>();
    for (var component : components) {
      var glob = Glob.parse(component);
      if (glob.isEmpty()) {
        return Optional.empty();
      }
      boolean any = deep && component.equals("**");
      parsed.add(any ? new Component.Any() : new Component.Named(glob.get()));
    }
    return Optional.of(new PathPattern(List.copyOf(parsed)));
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
