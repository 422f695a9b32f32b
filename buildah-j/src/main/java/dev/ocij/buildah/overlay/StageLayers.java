package dev.ocij.buildah.overlay;

import dev.ocij.image.Compression;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.TarContent;
import dev.ocij.layer.TarIndex;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.store.BlobStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The layers of a build: new ones are written to the store as plain tars, each is indexed once.
public final class StageLayers {
  private static final int BUFFER = 1 << 16;

  /// Writes a layer tar; closes the stream.
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final BlobStore blobs;
  private final ConcurrentHashMap<Digest, LayeredTree.Part> parts = new ConcurrentHashMap<>();

  public StageLayers(BlobStore blobs) {
    this.blobs = blobs;
  }

  /// Stores a new layer.
  public StageLayer write(Content content) throws IOException {
    try (var writer = blobs.openWriter()) {
      content.writeTo(new BufferedOutputStream(writer, BUFFER));
      return stored(writer.commit(MediaType.OCI_LAYER));
    }
  }

  /// A plain layer that is in the store already.
  public StageLayer stored(Descriptor plain) {
    return new StageLayer(blobs.blob(plain), plain.digest());
  }

  /// These layers, base first, as one tree.
  public LayeredTree tree(List<StageLayer> layers) {
    return LayeredTree.of(layers.stream().map(this::part).toList());
  }

  private LayeredTree.Part part(StageLayer layer) {
    return parts.computeIfAbsent(layer.diffId(), _ -> index(layer));
  }

  private static LayeredTree.Part index(StageLayer layer) {
    try (var plain = open(layer)) {
      return new LayeredTree.Part(TarIndex.read(plain), TarContent.of(() -> open(layer)));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read layer %s: %s".formatted(layer.diffId(), e.getMessage()),
          e);
    }
  }

  /// The plain tar of a layer.
  public static InputStream open(StageLayer layer) throws IOException {
    return Compression.decompressAny(layer.blob().open());
  }
}
