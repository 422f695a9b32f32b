package dev.ocij.buildah.context;

import dev.ocij.buildah.overlay.Tree;
import dev.ocij.layer.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// What an ignore file leaves of a directory. An ignored directory stays where something in it was
/// taken back in, and is not read where nothing can be.
record VisibleTree(LocalTree files, IgnoreFile ignored) implements Tree {
  @Override
  public Optional<Entry> lookup(String path) throws IOException {
    var found = files.lookup(path);
    return found.isPresent() && isVisible(found.get()) ? found : Optional.empty();
  }

  @Override
  public List<Entry> list(String directory) throws IOException {
    var entries = candidates(directory);
    for (var each = entries.iterator(); each.hasNext(); ) {
      if (!isVisible(each.next())) {
        each.remove();
      }
    }
    return entries;
  }

  @Override
  public InputStream open(Entry file) throws IOException {
    return files.open(file);
  }

  private List<Entry> candidates(String directory) throws IOException {
    return files.list(directory, path -> !ignored.ignoresAllOf(path));
  }

  private boolean isVisible(Entry entry) throws IOException {
    return entry.path().isEmpty()
        || !ignored.ignores(entry.path())
        || (entry.isDirectory() && holdsVisible(entry.path()));
  }

  private boolean holdsVisible(String directory) throws IOException {
    if (ignored.ignoresAllOf(directory)) {
      return false;
    }
    for (var entry : candidates(directory)) {
      if (isVisible(entry)) {
        return true;
      }
    }
    return false;
  }
}
