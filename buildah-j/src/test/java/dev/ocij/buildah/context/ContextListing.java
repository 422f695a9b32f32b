package dev.ocij.buildah.context;

import dev.ocij.buildah.overlay.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// All paths of a tree, in order, for comparing.
final class ContextListing {
  private ContextListing() {}

  static String of(Tree tree) throws IOException {
    var paths = new ArrayList<String>();
    add(tree, "", paths);
    return String.join(" ", paths);
  }

  private static void add(Tree tree, String directory, List<String> paths) throws IOException {
    for (var entry : tree.list(directory)) {
      paths.add(entry.path());
      if (entry.isDirectory()) {
        add(tree, entry.path(), paths);
      }
    }
  }
}
