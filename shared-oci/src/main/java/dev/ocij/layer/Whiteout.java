package dev.ocij.layer;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;

/// How a layer says that something below is gone: image-spec, "Whiteouts".
public final class Whiteout {
  /// Hides all that layers below have in its directory.
  static final String OPAQUE = ".wh..wh..opq";

  private static final String PREFIX = ".wh.";

  private Whiteout() {}

  /// The name of the entry that removes `path`.
  static String of(String path) {
    return TreePath.child(TreePath.parent(path), PREFIX + TreePath.name(path));
  }

  /// The entry that removes `path`; the same bytes whenever it is made.
  static Entry entry(String path) {
    return Entry.file(of(path), Attributes.FILE.withMode(0), 0);
  }

  /// The name of the entry that empties `directory`.
  static String opaque(String directory) {
    return TreePath.child(directory, OPAQUE);
  }

  public static boolean isWhiteout(String path) {
    return TreePath.name(path).startsWith(PREFIX);
  }

  static boolean isOpaque(String path) {
    return TreePath.name(path).equals(OPAQUE);
  }

  /// The path that this whiteout removes.
  ///
  /// @throws OciException where it names nothing, its own directory or the one above
  static String target(String path) {
    var name = TreePath.name(path).substring(PREFIX.length());
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new OciException(
          OciException.Category.INVALID,
          "whiteout %s: it names no entry of its directory".formatted(Quoted.of(path)));
    }
    return TreePath.child(TreePath.parent(path), name);
  }
}
