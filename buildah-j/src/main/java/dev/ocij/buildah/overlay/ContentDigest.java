package dev.ocij.buildah.overlay;

import dev.ocij.image.Parallel;
import dev.ocij.layer.Entry;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Gatherers;

/// What sources are, as far as a copy of them shows it: names, kinds, modes, link targets, contents
/// and which names are one file, but no times.
///
/// Each file has a digest of its own and these go into the whole in order, so that several can be
/// read at once.
public final class ContentDigest {
  private static final int BUFFER = 1 << 16;
  private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();

  /// Small files are read many to a thread; few large ones each on their own.
  private static final int MOST_TASKS = 256;

  /// An entry, and the path that a copy would show.
  ///
  /// @param whole whether what a directory holds counts too
  public record Item(Entry entry, String shown, boolean whole) {
    /// An entry under its own name, with all that it holds.
    public static Item of(Entry entry) {
      return new Item(entry, entry.name(), true);
    }
  }

  private final Tree tree;
  private final Predicate<String> excluded;
  private final List<Item> items = new ArrayList<>();

  private ContentDigest(Tree tree, Predicate<String> excluded) {
    this.tree = tree;
    this.excluded = excluded;
  }

  /// The digest of these entries of a tree.
  ///
  /// @param tree opens files for several threads at once
  public static Digest of(Tree tree, List<Item> sources, Predicate<String> excluded)
      throws IOException {
    var digest = new ContentDigest(tree, excluded);
    for (var source : sources) {
      digest.collect(source);
    }
    return Digest.from(Digest.Algorithm.SHA256, digest.whole());
  }

  private void collect(Item item) throws IOException {
    var entry = item.entry();
    if (excluded.test(entry.path())) {
      return;
    }
    items.add(item);
    boolean goesOn = item.whole() && entry.isDirectory();
    for (var child : goesOn ? tree.list(entry.path()) : List.<Entry>of()) {
      collect(new Item(child, item.shown() + "/" + child.name(), true));
    }
  }

  private byte[] whole() throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    var contents = contents().iterator();
    var names = new HashMap<Object, String>();
    for (var item : items) {
      describe(item, hash);
      if (item.entry().isFile()) {
        hash.update(contents.next());
        // One more name of a file is no other file.
        tree.identity(item.entry())
            .map(identity -> names.putIfAbsent(identity, item.shown()))
            .ifPresent(
                first -> hash.update(("\0\0" + first + "\0").getBytes(StandardCharsets.UTF_8)));
      }
    }
    return hash.digest();
  }

  /// The digests of the files, in their order.
  private List<byte[]> contents() throws IOException {
    var files = items.stream().map(Item::entry).filter(Entry::isFile).toList();
    int together = 1 + files.size() / MOST_TASKS;
    var tasks = files.stream().gather(Gatherers.windowFixed(together)).toList();
    return Parallel.map(tasks, AT_ONCE, this::digests).stream().flatMap(List::stream).toList();
  }

  private List<byte[]> digests(List<Entry> files) throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    var buffer = new byte[BUFFER];
    var digests = new ArrayList<byte[]>();
    for (var file : files) {
      try (var content = tree.open(file)) {
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
          hash.update(buffer, 0, n);
        }
      }
      digests.add(hash.digest());
    }
    return digests;
  }

  /// Each text ends with a byte that none of them holds.
  private static void describe(Item item, MessageDigest hash) {
    var entry = item.entry();
    var attributes = entry.attributes();
    var texts =
        List.of(
            item.shown(),
            entry.type().name(),
            Integer.toOctalString(attributes.mode()),
            attributes.owner().toString(),
            entry.target(),
            Long.toString(entry.size()));
    for (var text : texts) {
      hash.update(text.getBytes(StandardCharsets.UTF_8));
      hash.update((byte) 0);
    }
  }
}
