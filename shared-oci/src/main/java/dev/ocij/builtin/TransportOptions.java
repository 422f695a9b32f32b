package dev.ocij.builtin;

import dev.ocij.name.Reference;
import dev.ocij.store.Store;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the transports of one end of a command are told.
///
/// @param store the local images
/// @param temporary where large temporary files go
/// @param sharedBlobs where layouts keep their blobs, if not in themselves
/// @param plainLayers whether layouts may get layers without compression
/// @param additionalTags further names of an image in a docker-archive
public record TransportOptions(
    Store store,
    Path temporary,
    @Nullable Path sharedBlobs,
    boolean plainLayers,
    List<Reference.Tagged> additionalTags) {
  public TransportOptions {
    additionalTags = List.copyOf(additionalTags);
  }

  /// Plain options for this store.
  public static TransportOptions of(Store store, Path temporary) {
    return new TransportOptions(store, temporary, null, false, List.of());
  }

  public TransportOptions withSharedBlobs(@Nullable Path changed) {
    return new TransportOptions(store, temporary, changed, plainLayers, additionalTags);
  }

  public TransportOptions withPlainLayers(boolean changed) {
    return new TransportOptions(store, temporary, sharedBlobs, changed, additionalTags);
  }

  public TransportOptions withAdditionalTags(List<Reference.Tagged> changed) {
    return new TransportOptions(store, temporary, sharedBlobs, plainLayers, changed);
  }
}
