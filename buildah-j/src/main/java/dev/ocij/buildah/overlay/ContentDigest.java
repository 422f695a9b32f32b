package dev.ocij.buildah.overlay;

import dev.ocij.layer.Entry;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Predicate;

/// What sources are, as far as a copy of them shows it: names, kinds, modes, link targets and
/// contents, but no times.
public final class ContentDigest {
  private static final int BUFFER = 1 << 16;

  private final Tree tree;
  private final Predicate<String> excluded;
  private final MessageDigest hash = Digest.Algorithm.SHA256.newHash();
  private final byte[] buffer = new byte[BUFFER];

  private ContentDigest(Tree tree, Predicate<String> excluded) {
    this.tree = tree;
    this.excluded = excluded;
  }

  /// The digest of these entries of a tree, and of all below them.
  public static Digest of(Tree tree, List<Entry> sources, Predicate<String> excluded)
      throws IOException {
    var digest = new ContentDigest(tree, excluded);
    for (var source : sources) {
      digest.add(source, source.name());
    }
    return Digest.from(Digest.Algorithm.SHA256, digest.hash.digest());
  }

  private void add(Entry entry, String shown) throws IOException {
    if (excluded.test(entry.path())) {
      return;
    }
    var attributes = entry.attributes();
    text(shown, entry.type().name(), Integer.toOctalString(attributes.mode()));
    text(attributes.owner().toString(), entry.target(), Long.toString(entry.size()));
    if (entry.isFile()) {
      addContent(entry);
    }
    for (var child : entry.isDirectory() ? tree.list(entry.path()) : List.<Entry>of()) {
      add(child, shown + "/" + child.name());
    }
  }

  private void addContent(Entry file) throws IOException {
    try (var content = tree.open(file)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        hash.update(buffer, 0, n);
      }
    }
  }

  /// Each text ends with a byte that none of them holds.
  private void text(String... texts) {
    for (var text : texts) {
      hash.update(text.getBytes(StandardCharsets.UTF_8));
      hash.update((byte) 0);
    }
  }
}
