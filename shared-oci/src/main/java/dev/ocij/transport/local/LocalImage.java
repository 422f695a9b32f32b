package dev.ocij.transport.local;

import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.store.Contents;
import dev.ocij.store.Entries;
import dev.ocij.store.ImageStore;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One image of the store, with all its names.
///
/// @param entries of the store that lead to it, one a name, or a single one without a name
/// @param id of the image: the digest of its configuration, or of the document where it has none
/// @param document a manifest, or an index
/// @param config null for an index and for what is no image
/// @param size of all that it needs, in bytes, as it is stored
public record LocalImage(
    List<Descriptor> entries,
    Digest id,
    List<String> names,
    Document document,
    @Nullable ImageConfig config,
    long size) {
  public LocalImage {
    entries = List.copyOf(entries);
    names = List.copyOf(names);
  }

  /// Reads what a store has of it.
  ///
  /// @param entries of the store that lead to it, not empty
  static LocalImage read(ImageStore images, List<Descriptor> entries) throws IOException {
    var first = entries.getFirst();
    var document = Document.of(images.blobs().read(first.digest()), first.mediaType().value());
    var names = entries.stream().map(Entries::name).filter(Objects::nonNull).toList();
    long size = size(images, document, new HashSet<>());
    if (document.mediaType().isIndex()) {
      return new LocalImage(entries, first.digest(), names, document, null, size);
    }
    var manifest = Json.read(document.bytes(), ImageManifest::from, "manifest " + first.digest());
    var config =
        manifest.isImage()
            ? Json.read(
                images.blobs().read(manifest.config().digest()),
                ImageConfig::from,
                "image configuration")
            : null;
    return new LocalImage(entries, manifest.config().digest(), names, document, config, size);
  }

  /// When it was made; the beginning of 1970 where it does not say so.
  public Instant created() {
    return config == null || config.created() == null ? Instant.EPOCH : config.created();
  }

  /// Its repositories, each with the digest of its document.
  public List<String> repoDigests() {
    return names.stream()
        .map(name -> Reference.parse(name).repository() + "@" + document.digest())
        .distinct()
        .toList();
  }

  /// Whether nobody calls it by a name.
  public boolean isDangling() {
    return names.isEmpty();
  }

  public boolean isIndex() {
    return document.mediaType().isIndex();
  }

  private static long size(ImageStore images, Document document, Set<Digest> seen)
      throws IOException {
    long size = document.bytes().length;
    for (var child : Contents.of(document)) {
      if (!seen.add(child.digest()) || !images.blobs().has(child)) {
        continue;
      }
      boolean isDocument = child.mediaType().isManifest() || child.mediaType().isIndex();
      size +=
          isDocument
              ? size(
                  images,
                  Document.of(images.blobs().read(child.digest()), child.mediaType().value()),
                  seen)
              : child.size();
    }
    return size;
  }
}
