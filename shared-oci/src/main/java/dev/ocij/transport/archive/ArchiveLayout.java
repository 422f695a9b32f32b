package dev.ocij.transport.archive;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.store.Contents;
import dev.ocij.store.Entries;
import dev.ocij.transport.layout.LayoutMedium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A layout that is written into an archive, once.
final class ArchiveLayout implements LayoutMedium {
  private static final byte[] LAYOUT =
      "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.US_ASCII);

  private final TarOutput tar;
  private final Set<Digest> digests = ConcurrentHashMap.newKeySet();
  private final Map<Digest, Document> documents = new HashMap<>();

  private ArchiveLayout(TarOutput tar) {
    this.tar = tar;
  }

  /// Begins a layout. Its folders are listed: those that are not, skopeo gives to root when it
  /// unpacks an archive, which it may only as root.
  static ArchiveLayout begin(TarOutput tar) throws IOException {
    tar.appendDirectory("blobs");
    tar.appendDirectory("blobs/" + Digest.Algorithm.SHA256.prefix());
    return new ArchiveLayout(tar);
  }

  /// Where a layout has the blob with this digest.
  static String path(Digest digest) {
    return "blobs/%s/%s".formatted(digest.algorithm().prefix(), digest.hex());
  }

  /// One blob at a time, for an archive has one end.
  @Override
  public synchronized Descriptor put(Blob blob) throws IOException {
    if (blob instanceof Blob.Known(var known, _) && digests.contains(known.digest())) {
      return known;
    }
    var written = tar.append(blob, descriptor -> path(descriptor.digest()));
    digests.add(written.digest());
    if (written.mediaType().isManifest() || written.mediaType().isIndex()) {
      try (var in = blob.open()) {
        documents.put(
            written.digest(), Document.of(in.readAllBytes(), written.mediaType().value()));
      }
    }
    return written;
  }

  @Override
  public InputStream open(Descriptor descriptor) {
    throw new OciException(
        OciException.Category.NOT_FOUND,
        "open blob %s: the archive is not written yet".formatted(descriptor.digest()));
  }

  @Override
  public Entries entries() {
    return new Entries(List.of());
  }

  @Override
  public boolean takesForeignLayers() {
    return true;
  }

  @Override
  public boolean takesSparseIndexes() {
    return true;
  }

  @Override
  public void name(List<Descriptor> entries, Set<Digest> leftOut) throws IOException {
    entries.forEach(entry -> requireWhole(entry, leftOut));
    tar.append("index.json", Json.write(ImageIndex.of(MediaType.OCI_INDEX, entries)));
    tar.append("oci-layout", LAYOUT);
    tar.finish();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private void requireWhole(Descriptor descriptor, Set<Digest> leftOut) {
    if (!digests.contains(descriptor.digest())) {
      if (leftOut.contains(descriptor.digest())) {
        return;
      }
      throw new OciException(
          OciException.Category.INVALID,
          "write index.json: the blob %s is missing".formatted(descriptor.digest()));
    }
    var document = documents.get(descriptor.digest());
    if (document != null) {
      Contents.of(document).stream()
          .filter(child -> !child.mediaType().isForeignLayer())
          .forEach(child -> requireWhole(child, leftOut));
    }
  }
}
