package dev.ocij.builtin;

import dev.ocij.store.Store;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the transports of one end of a command are told.
///
/// @param store the local images
/// @param sharedBlobs where layouts keep their blobs, if not in themselves
/// @param plainLayers whether layouts may get layers without compression
public record TransportOptions(Store store, @Nullable Path sharedBlobs, boolean plainLayers) {}
