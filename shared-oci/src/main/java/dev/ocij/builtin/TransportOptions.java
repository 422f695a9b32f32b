package dev.ocij.builtin;

import dev.ocij.name.Reference;
import dev.ocij.store.Store;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.registry.BlobLocations;
import dev.ocij.transport.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the transports of one end of a command are told.
///
/// @param store the local images
/// @param temporary where large temporary files go
/// @param registry how registries are reached
/// @param locations which repositories are known to hold which blobs; shared by both ends
/// @param sharedBlobs where layouts keep their blobs, if not in themselves
/// @param plainLayers whether layouts may get layers without compression
/// @param additionalTags further names of an image in a docker-archive
/// @param directoryLayers how directories get layers
/// @param precomputeDigests whether layers that are made on the way wait in a file until their
///   digest is known, so that a registry that has them gets none
/// @param daemonHost where the Docker daemon listens; null for the usual place
public record TransportOptions(
    Store store,
    Path temporary,
    RegistryOptions registry,
    BlobLocations locations,
    @Nullable Path sharedBlobs,
    boolean plainLayers,
    List<Reference.Tagged> additionalTags,
    DirectoryTransport.Layers directoryLayers,
    boolean precomputeDigests,
    @Nullable String daemonHost) {
  public TransportOptions {
    additionalTags = List.copyOf(additionalTags);
  }

  /// Plain options for this store and these registries.
  public static TransportOptions of(
      Store store, Path temporary, RegistryOptions registry, BlobLocations locations) {
    return new TransportOptions(
        store,
        temporary,
        registry,
        locations,
        null,
        false,
        List.of(),
        DirectoryTransport.Layers.AS_THEY_ARE,
        false,
        null);
  }

  public TransportOptions withRegistry(RegistryOptions changed) {
    return with(draft -> draft.registry = changed);
  }

  public TransportOptions withSharedBlobs(@Nullable Path changed) {
    return with(draft -> draft.sharedBlobs = changed);
  }

  public TransportOptions withPlainLayers(boolean changed) {
    return with(draft -> draft.plainLayers = changed);
  }

  public TransportOptions withAdditionalTags(List<Reference.Tagged> changed) {
    return with(draft -> draft.additionalTags = changed);
  }

  public TransportOptions withDirectoryLayers(DirectoryTransport.Layers changed) {
    return with(draft -> draft.directoryLayers = changed);
  }

  public TransportOptions withPrecomputeDigests(boolean changed) {
    return with(draft -> draft.precomputeDigests = changed);
  }

  public TransportOptions withDaemonHost(@Nullable String changed) {
    return with(draft -> draft.daemonHost = changed);
  }

  private TransportOptions with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// [TransportOptions] in the making.
  private static final class Draft {
    Store store;
    Path temporary;
    RegistryOptions registry;
    BlobLocations locations;
    @Nullable Path sharedBlobs;
    boolean plainLayers;
    List<Reference.Tagged> additionalTags;
    DirectoryTransport.Layers directoryLayers;
    boolean precomputeDigests;
    @Nullable String daemonHost;

    private Draft(TransportOptions from) {
      store = from.store;
      temporary = from.temporary;
      registry = from.registry;
      locations = from.locations;
      sharedBlobs = from.sharedBlobs;
      plainLayers = from.plainLayers;
      additionalTags = from.additionalTags;
      directoryLayers = from.directoryLayers;
      precomputeDigests = from.precomputeDigests;
      daemonHost = from.daemonHost;
    }

    private TransportOptions finish() {
      return new TransportOptions(
          store,
          temporary,
          registry,
          locations,
          sharedBlobs,
          plainLayers,
          additionalTags,
          directoryLayers,
          precomputeDigests,
          daemonHost);
    }
  }
}
