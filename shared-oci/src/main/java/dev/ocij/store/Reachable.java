package dev.ocij.store;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// What names lead to: the blobs that must not be removed.
final class Reachable {
  private final BlobStore blobs;
  private final Set<Digest> digests = new HashSet<>();

  Reachable(BlobStore blobs) {
    this.blobs = blobs;
  }

  Set<Digest> digests() {
    return digests;
  }

  /// Adds an entry and everything below it.
  ///
  /// @throws dev.ocij.spec.OciException where a document cannot be understood: what it needs is not
  ///   known then, so nothing may be removed
  void add(Descriptor entry) throws IOException {
    boolean isDocument = entry.mediaType().isManifest() || entry.mediaType().isIndex();
    if (!digests.add(entry.digest()) || !isDocument || !blobs.has(entry)) {
      return;
    }
    for (var child :
        Contents.of(Document.of(blobs.read(entry.digest()), entry.mediaType().value()))) {
      add(child);
    }
  }
}
