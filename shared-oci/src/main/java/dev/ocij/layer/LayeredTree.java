package dev.ocij.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// A stack of layers seen as one tree, without extracting any.
public final class LayeredTree {
  /// One layer of the stack.
  public record Part(TarIndex index, TarContent content) {}

  private final List<Part> parts;

  private LayeredTree(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /// The tree that these layers make, base first.
  public static LayeredTree of(List<Part> layers) {
    return new LayeredTree(layers);
  }

  /// This tree with one more layer on top.
  public LayeredTree with(Part layer) {
    return notYet();
  }

  /// What stands at this path, which is normalised but not resolved: a symbolic link in its parents
  /// leads to nothing. Hard links show as the file that they share.
  public Optional<Entry> lookup(String path) {
    return notYet();
  }

  /// What stands at this path when symbolic links are followed, all inside the root, 255 at most;
  /// its [Entry#path()] is the resolved one.
  public Optional<Entry> resolve(String path) {
    return notYet();
  }

  /// Where a new entry of this path would stand: links are followed as in [#resolve] as far as
  /// something exists, the rest is taken as it is.
  public String resolveNew(String path) {
    return notYet();
  }

  /// What stands in this directory, sorted by name; the path is not resolved.
  public List<Entry> list(String directory) {
    return notYet();
  }

  /// The content of a file that this tree returned; the caller closes it.
  public InputStream open(Entry file) throws IOException {
    return notYet();
  }

  private <T> T notYet() {
    throw new UnsupportedOperationException("a tree of %d layers".formatted(parts.size()));
  }
}
