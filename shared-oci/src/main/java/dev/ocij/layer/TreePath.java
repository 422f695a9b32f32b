package dev.ocij.layer;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/// Paths inside a tree: relative, normal, `/` between components, the root as the empty string.
public final class TreePath {
  /// Linux takes no longer ones (`PATH_MAX`).
  static final int LONGEST = 4095;

  private TreePath() {}

  /// The path that an archive or a person means: leading slashes, `.` and doubled slashes go.
  ///
  /// @throws OciException where a component is `..`, or the name holds a zero byte: nobody needs
  ///   either, and every flaw of unpackers began with them
  public static String of(String name) {
    if (isNormal(name)) {
      return name;
    }
    var components = components(name);
    if (components.contains("..") || name.indexOf('\0') >= 0) {
      throw new OciException(
          OciException.Category.INVALID, "path %s: it leaves its root".formatted(Quoted.of(name)));
    }
    return String.join("/", components);
  }

  /// As [#of], with `..` taken back to the component before, as a shell does; at the root it stays.
  public static String normalize(String name) {
    var kept = new ArrayDeque<String>();
    for (var component : components(name)) {
      if (!component.equals("..")) {
        kept.addLast(component);
      } else {
        kept.pollLast();
      }
    }
    return String.join("/", kept);
  }

  /// The components of a path, without empty ones and `.`.
  static List<String> components(String path) {
    return Arrays.stream(path.split("/")).filter(c -> !c.isEmpty() && !c.equals(".")).toList();
  }

  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The directory that a path stands in; the root's is the root.
  public static String parent(String path) {
    return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
  }

  public static String child(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }

  /// Whether `path` is `directory` or stands somewhere below it.
  public static boolean isWithin(String path, String directory) {
    return directory.isEmpty()
        || (path.startsWith(directory)
            && (path.length() == directory.length() || path.charAt(directory.length()) == '/'));
  }

  /// Most names are normal already; this looks without making a list of components.
  private static boolean isNormal(String path) {
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        if (!isNormalComponent(path, start, i)) {
          return path.isEmpty();
        }
        start = i + 1;
      }
    }
    return path.indexOf('\0') < 0;
  }

  private static boolean isNormalComponent(String path, int start, int end) {
    return switch (end - start) {
      case 0 -> false;
      case 1 -> path.charAt(start) != '.';
      case 2 -> path.charAt(start) != '.' || path.charAt(start + 1) != '.';
      default -> true;
    };
  }
}
