package dev.ocij.store;

import dev.ocij.layer.TarIndex;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What stands where in the layers of a store, each in a file that goes with its layer: whoever
/// wants to know need not decompress and read the layer once more.
///
/// The name of such a file tells the digest of the layer's blob, not what an image says about it,
/// so that no image can tell lies about the layers of another.
///
/// @param blobs the store that the layers are in
public record TarIndexes(BlobStore blobs) {
  /// The headers of a smaller layer are as soon read as a file of theirs.
  private static final long SMALLEST = 1 << 16;

  /// Reads the layer itself.
  @FunctionalInterface
  public interface Reading {
    TarIndex read() throws IOException;
  }

  /// The index of a layer, as it is here or as it is read now, and then here.
  public TarIndex of(Descriptor layer, Reading reading) throws IOException {
    if (layer.size() < SMALLEST || !blobs.has(layer)) {
      return reading.read();
    }
    var known = find(layer.digest());
    if (known.isPresent()) {
      return known.get();
    }
    var read = reading.read();
    keep(layer.digest(), read);
    return read;
  }

  /// Removes the index of a layer that is removed.
  static void delete(Path directory, Digest layer) throws IOException {
    Files.deleteIfExists(path(directory, layer));
  }

  private Optional<TarIndex> find(Digest layer) {
    try {
      return TarIndex.stored(path(blobs.directory(), layer), layer.toString());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private void keep(Digest layer, TarIndex index) {
    try (var file = PendingFile.in(blobs.directory())) {
      index.writeTo(Channels.newOutputStream(file.channel()), layer.toString());
      file.nameOnly(path(blobs.directory(), layer));
    } catch (IOException _) {
      return; // without it the layer is read again, no more
    }
  }

  private static Path path(Path directory, Digest layer) {
    return directory.resolve(".index-%s-%s".formatted(layer.algorithm().prefix(), layer.hex()));
  }
}
