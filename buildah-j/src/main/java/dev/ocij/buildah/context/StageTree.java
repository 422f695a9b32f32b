package dev.ocij.buildah.context;

import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.buildah.overlay.Tree;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Another stage, or an image, to copy from: nothing of it is extracted. Links on the way to a path
/// are followed inside it.
public final class StageTree implements CopySource {
  private final LayeredTree layers;
  private final SourceFinder finder;

  public StageTree(LayeredTree layers) {
    this.layers = layers;
    this.finder = new SourceFinder(new Unfollowed(layers), "the stage or image it copies from");
  }

  @Override
  public Optional<Entry> lookup(String path) {
    return layers.resolve(path).map(entry -> entry.withPath(path));
  }

  /// What stands in this directory, sorted by name; where it is a link, in what that leads to.
  @Override
  public List<Entry> list(String directory) {
    var real = layers.resolve(directory).filter(Entry::isDirectory).map(Entry::path);
    return real.stream()
        .flatMap(path -> layers.list(path).stream())
        .map(entry -> entry.withPath(TreePath.child(directory, entry.name())))
        .toList();
  }

  @Override
  public InputStream open(Entry file) throws IOException {
    return layers.open(layers.resolve(file.path()).orElse(file));
  }

  @Override
  public Optional<Object> identity(Entry file) {
    return layers.identity(layers.resolve(file.path()).orElse(file));
  }

  @Override
  public List<FoundSource> find(String source, boolean deep) throws IOException {
    return finder.find(source, deep);
  }

  @Override
  public Optional<Entry> follow(String path) {
    return layers.resolve(path);
  }

  /// The layers as the search wants them: it follows links itself.
  private record Unfollowed(LayeredTree layers) implements Tree {
    @Override
    public Optional<Entry> lookup(String path) {
      return layers.lookup(path);
    }

    @Override
    public List<Entry> list(String directory) {
      return layers.list(directory);
    }

    @Override
    public InputStream open(Entry file) throws IOException {
      return layers.open(file);
    }
  }
}
