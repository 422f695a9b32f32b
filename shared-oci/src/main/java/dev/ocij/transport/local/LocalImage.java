package dev.ocij.transport.local;

import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import java.time.Instant;
import java.util.List;
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
}
