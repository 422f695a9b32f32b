package dev.ocij.buildah.context;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// All paths of a context, in order, for comparing.
final class ContextListing {
  private ContextListing() {}

  static String of(BuildContext context) throws IOException {
    var paths = new ArrayList<String>();
    add(context, "", paths);
    return String.join(" ", paths);
  }

  private static void add(BuildContext context, String directory, List<String> paths)
      throws IOException {
    for (var entry : context.list(directory)) {
      paths.add(entry.path());
      if (entry.isDirectory()) {
        add(context, entry.path(), paths);
      }
    }
  }
}
