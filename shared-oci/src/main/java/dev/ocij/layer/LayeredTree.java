package dev.ocij.layer;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.input.BoundedInputStream;
import org.jspecify.annotations.Nullable;

/// A stack of layers seen as one tree, without extracting any: whiteouts and opaque directories
/// hide what is below them, links are followed inside the root.
///
/// Paths are taken from the root, with or without a leading slash. Immutable.
public final class LayeredTree {
  /// One layer of the stack.
  ///
  /// @param content the tar that `index` was read from
  public record Part(TarIndex index, TarContent content) {}

  /// The tree of no layers: a root directory.
  public static final LayeredTree EMPTY = of(List.of());

  private final List<Part> layers;
  private final MergedNode root;

  private LayeredTree(List<Part> layers) {
    this.layers = List.copyOf(layers);
    this.root = root(layers);
  }

  /// The tree that these layers make, base first.
  public static LayeredTree of(List<Part> layers) {
    return new LayeredTree(layers);
  }

  /// This tree with one more layer on top.
  public LayeredTree with(Part layer) {
    return new LayeredTree(Stream.concat(layers.stream(), Stream.of(layer)).toList());
  }

  /// What stands at this path, no link followed: neither the last component nor one before it. Hard
  /// links show as the file that they share.
  public Optional<Entry> lookup(String path) {
    return Optional.ofNullable(node(path)).map(MergedNode::entry);
  }

  /// What stands at this path when links are followed; its [Entry#path()] is where they led.
  ///
  /// @throws OciException after 255 links
  public Optional<Entry> resolve(String path) {
    var end = PathWalk.follow(MergedNode.TREE, root, path);
    return end.rest().isEmpty() ? Optional.of(end.last().entry()) : Optional.empty();
  }

  /// Where a new entry of this path would stand: links are followed as in [#resolve] as far as
  /// something exists, and the rest is taken as it is.
  ///
  /// @throws OciException where the rest would stand in something that is no directory
  public String resolveNew(String path) {
    var end = PathWalk.follow(MergedNode.TREE, root, path);
    var existing = end.last().entry();
    if (!end.rest().isEmpty() && !existing.isDirectory()) {
      throw new OciException(
          OciException.Category.INVALID,
          "path %s: %s is no directory".formatted(Quoted.of(path), Quoted.of(existing.path())));
    }
    return TreePath.normalize(existing.path() + "/" + String.join("/", end.rest()));
  }

  /// What stands in this directory, sorted by name; empty where there is none. The path is taken as
  /// in [#lookup].
  public List<Entry> list(String directory) {
    var node = node(directory);
    return node == null ? List.of() : node.list();
  }

  /// The content of a file of this tree, of exactly its size; the caller closes it.
  ///
  /// @param file as [#lookup], [#resolve] or [#list] returned it
  public InputStream open(Entry file) throws IOException {
    var node = node(file.path());
    if (node == null || !node.entry().isFile()) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "read %s: no file is there in these layers".formatted(Quoted.of(file.path())));
    }
    var part = node.top();
    return BoundedInputStream.builder()
        .setInputStream(part.content().openAt(part.node().offset()))
        .setMaxCount(part.node().content().size())
        .get();
  }

  /// What the names of one file have in common, and no other file has.
  ///
  /// @param file as [#lookup], [#resolve] or [#list] returned it
  public Optional<Object> identity(Entry file) {
    return Optional.ofNullable(node(file.path())).map(node -> node.top().node().origin());
  }

  @Nullable MergedNode node(String path) {
    var node = root;
    for (var name : TreePath.components(TreePath.of(path))) {
      var next = node.child(name);
      if (next == null) {
        return null;
      }
      node = next;
    }
    return node;
  }

  private static MergedNode root(List<Part> layers) {
    var roots =
        layers.reversed().stream()
            .map(layer -> new MergedNode.Part(layer.index().root(), layer.content()));
    return new MergedNode(
        Stream.concat(roots, Stream.of(new MergedNode.Part(Node.implied(""), TarContent.NONE)))
            .toList());
  }
}
