package dev.ocij.buildah.overlay;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// The layers of a stage or an image, copied from: links on the way to a source are followed, as
/// they would be inside the container.
public record StageTree(LayeredTree layers) implements CopySource {
  @Override
  public Optional<Entry> lookup(String path) {
    return layers.resolve(path);
  }

  @Override
  public List<Entry> list(String directory) {
    return layers.list(directory);
  }

  @Override
  public InputStream open(Entry file) throws IOException {
    return layers.open(file);
  }

  @Override
  public List<Entry> resolve(String pattern) throws IOException {
    return Globs.resolve(this, pattern);
  }
}
