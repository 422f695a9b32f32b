package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.linux.Errno;
import dev.ocij.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The directories that a layer uses without listing them, which are to look as the layers below
/// have them. An overlay shows the attributes of the topmost, so they must be copied upwards: else
/// a layer that only adds `/tmp/file` would take the sticky bit from `/tmp`.
public final class ImpliedDirectories {
  private static final String SELF = ".";

  private final TarIndex index;
  private final UnpackRules rules;

  public ImpliedDirectories(TarIndex index, UnpackRules rules) {
    this.index = index;
    this.rules = rules;
  }

  /// Gives these directories of an unpacked layer the attributes that they have below.
  ///
  /// @param tree of this layer, alone
  /// @param lowers the trees of the layers below, topmost first, complete
  public void adopt(Path tree, List<Path> lowers) throws IOException {
    var implied = new ArrayList<String>();
    collect(index.root(), implied);
    try (var root = Directory.open(tree);
        var chain = DirectoryChain.existing(root)) {
      for (var path : implied) {
        var below = below(path, lowers);
        if (below.isPresent()) {
          var writer = new AttributeWriter(rules.ownership());
          writer.write(chain.enter(path), SELF, below.get());
        }
      }
    }
  }

  private static void collect(Node node, List<String> implied) {
    if (!node.isListed()) {
      implied.add(node.entry().path());
    }
    node.children().values().stream()
        .filter(Node::isDirectory)
        .forEach(child -> collect(child, implied));
  }

  /// What the topmost layer has there that has anything, unless that is no directory.
  private Optional<Entry> below(String path, List<Path> lowers) throws IOException {
    for (var lower : lowers) {
      try (var root = Directory.open(lower);
          var chain = DirectoryChain.existing(root)) {
        var directory = chain.enter(path);
        var found = Found.read(directory, SELF, path).orElseThrow();
        return Optional.of(new EntryReader(rules.ownership()).read(directory, found));
      } catch (SystemCallException e) {
        if (!e.is(Errno.ENOENT)) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
