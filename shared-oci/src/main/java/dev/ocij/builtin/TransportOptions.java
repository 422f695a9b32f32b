package dev.ocij.builtin;

import dev.ocij.name.Reference;
import dev.ocij.store.Store;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.registry.BlobLocations;
import dev.ocij.transport.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.List;
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
    return new TransportOptions(
        store,
        temporary,
        changed,
        locations,
        sharedBlobs,
        plainLayers,
        additionalTags,
        directoryLayers,
        precomputeDigests,
        daemonHost);
  }

  public TransportOptions withSharedBlobs(@Nullable Path changed) {
    return new TransportOptions(
        store,
        temporary,
        registry,
        locations,
        changed,
        plainLayers,
        additionalTags,
        directoryLayers,
        precomputeDigests,
        daemonHost);
  }

  public TransportOptions withPlainLayers(boolean changed) {
    return new TransportOptions(
        store,
        temporary,
        registry,
        locations,
        sharedBlobs,
        changed,
        additionalTags,
        directoryLayers,
        precomputeDigests,
        daemonHost);
  }

  public TransportOptions withAdditionalTags(List<Reference.Tagged> changed) {
    return new TransportOptions(
        store,
        temporary,
        registry,
        locations,
        sharedBlobs,
        plainLayers,
        changed,
        directoryLayers,
        precomputeDigests,
        daemonHost);
  }

  public TransportOptions withDirectoryLayers(DirectoryTransport.Layers changed) {
    return new TransportOptions(
        store,
        temporary,
        registry,
        locations,
        sharedBlobs,
        plainLayers,
        additionalTags,
        changed,
        precomputeDigests,
        daemonHost);
  }

  public TransportOptions withPrecomputeDigests(boolean changed) {
    return new TransportOptions(
        store,
        temporary,
        registry,
        locations,
        sharedBlobs,
        plainLayers,
        additionalTags,
        directoryLayers,
        changed,
        daemonHost);
  }

  public TransportOptions withDaemonHost(@Nullable String changed) {
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
        changed);
  }
}
