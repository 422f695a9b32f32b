package dev.ocij.buildah.compare;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.layer.Entry;
import dev.ocij.layer.TarReader;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one layer holds, by path, and the digest of its plain tar. Of content only digests are
/// kept.
record LayerContent(SortedMap<String, LayerEntry> entries, Digest diffId) {
  private static final int BUFFER = 1 << 16;

  static LayerContent read(Blob layer) throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    var entries = new TreeMap<String, LayerEntry>();
    try (var plain = new DigestInputStream(Compression.decompressAny(layer.open()), hash)) {
      var tar = new TarReader(plain);
      for (var entry = tar.next(); entry != null; entry = tar.next()) {
        entries.put(entry.path(), new LayerEntry(entry, digest(entry, tar)));
      }
    }
    return new LayerContent(entries, Digest.from(Digest.Algorithm.SHA256, hash.digest()));
  }

  /// The first path, in the order of names, that is not the same in both.
  Optional<Difference> differenceTo(LayerContent now, Times times) {
    var paths = new TreeSet<>(entries.keySet());
    paths.addAll(now.entries.keySet());
    for (var path : paths) {
      var found = difference(entries.get(path), now.entries.get(path), times);
      if (found.isPresent()) {
        return found.map(difference -> difference.in(Quoted.of(path)));
      }
    }
    return times == Times.ASIDE || diffId.equals(now.diffId)
        ? Optional.empty()
        : Optional.of(
            new Difference(
                "the same entries, written otherwise:", diffId.toString(), now.diffId.toString()));
  }

  private static Optional<Difference> difference(
      @Nullable LayerEntry before, @Nullable LayerEntry now, Times times) {
    if (before != null && now != null) {
      return before.differenceTo(now, times);
    }
    return Optional.of(new Difference("entry", shown(before), shown(now)));
  }

  private static String shown(@Nullable LayerEntry entry) {
    return entry == null
        ? Difference.NOTHING
        : "a " + entry.entry().type().name().toLowerCase(Locale.ROOT);
  }

  private static Digest digest(Entry entry, TarReader tar) throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    if (entry.isFile()) {
      InputStream content = tar.content();
      var buffer = new byte[BUFFER];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        hash.update(buffer, 0, n);
      }
    }
    return Digest.from(Digest.Algorithm.SHA256, hash.digest());
  }
}
