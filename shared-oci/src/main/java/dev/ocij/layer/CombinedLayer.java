package dev.ocij.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// Several layers as one that has the same effect: what a later one removes of an earlier one is
/// not in it, what they remove of the layers below stays removed.
///
/// Two names of one file stay hard links where one layer made both.
public final class CombinedLayer {
  private final LayeredTree below;
  private final LayeredTree whole;
  private final UnaryOperator<Entry> stamp;
  private final LayerWriter out;
  private final Map<Node, String> written = new HashMap<>();

  private CombinedLayer(
      LayeredTree below, LayeredTree whole, UnaryOperator<Entry> stamp, LayerWriter out) {
    this.stamp = stamp;
    this.below = below;
    this.whole = whole;
    this.out = out;
  }

  /// Writes the layer.
  ///
  /// @param below what the layers stand on
  /// @param layers at least one, in their order
  /// @param stamp the last change of each entry, as of its time
  public static void write(
      LayeredTree below, List<LayeredTree.Part> layers, UnaryOperator<Entry> stamp, LayerWriter out)
      throws IOException {
    var whole = below;
    for (var layer : layers) {
      whole = whole.with(layer);
    }
    new CombinedLayer(below, whole, stamp, out)
        .visit(layers.stream().map(l -> l.index().root()).toList());
  }

  /// Writes what these nodes of one directory, each of another layer, have changed in it.
  private void visit(List<Node> directories) throws IOException {
    var path = directories.getFirst().entry().path();
    for (var name : names(directories, path)) {
      var children = directories.stream().map(each -> each.child(name)).filter(n -> n != null);
      visit(TreePath.child(path, name), children.toList());
    }
  }

  private void visit(String path, List<Node> nodes) throws IOException {
    var node = whole.node(path);
    if (node == null) {
      if (below.node(path) != null) {
        out.write(Whiteout.entry(path));
      }
      return;
    }
    write(node);
    var directories = nodes.stream().filter(Node::isDirectory).toList();
    if (node.entry().isDirectory() && !directories.isEmpty()) {
      visit(directories);
    }
  }

  /// All names that a layer has or hides in a directory; behind an opaque one, what is below too.
  private SortedSet<String> names(List<Node> directories, String path) {
    var names = new TreeSet<String>();
    for (var directory : directories) {
      names.addAll(directory.children().keySet());
      names.addAll(directory.whiteouts());
    }
    below.list(path).stream()
        .map(Entry::name)
        .filter(name -> whole.node(TreePath.child(path, name)) == null)
        .forEach(names::add);
    return names;
  }

  private void write(MergedNode node) throws IOException {
    var entry = node.entry();
    var origin = node.top().node().origin();
    var first = written.putIfAbsent(origin, entry.path());
    if (first != null && !entry.isDirectory()) {
      out.write(stamp.apply(Entry.hardLink(entry.path(), entry.attributes(), first)));
      return;
    }
    try (var content = entry.isFile() ? whole.open(entry) : InputStream.nullInputStream()) {
      out.write(stamp.apply(entry), content);
    }
  }
}
