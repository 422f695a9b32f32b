package dev.ocij.buildah.overlay;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Piped;
import dev.ocij.layer.LayerWriter;
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
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The layers of a build: new ones are written to the store as plain tars, each is indexed once.
public final class StageLayers {
  /// Writes the entries of a layer.
  @FunctionalInterface
  public interface Content {
    void writeTo(LayerWriter layer) throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  private final BlobStore blobs;
  private final ConcurrentHashMap<Digest, LayeredTree.Part> parts = new ConcurrentHashMap<>();

  public StageLayers(BlobStore blobs) {
    this.blobs = blobs;
  }

  /// Stores a new layer, hashed and written while it is made.
  public StageLayer write(Content content) throws IOException {
    return stored(
        blobs.put(
            new Blob.Fresh(
                MediaType.OCI_LAYER, null, () -> Piped.from(out -> writeTo(out, content)))));
  }

  private static void writeTo(OutputStream out, Content content) throws IOException {
    try (var layer = new LayerWriter(new BufferedOutputStream(out, BUFFER))) {
      content.writeTo(layer);
    }
  }

  /// Whether the store still has all of these.
  public boolean has(List<Descriptor> stored) throws IOException {
    for (var layer : stored) {
      if (!blobs.has(layer)) {
        return false;
      }
    }
    return true;
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

  private LayeredTree.Part index(StageLayer layer) {
    try (var plain = open(layer)) {
      return new LayeredTree.Part(TarIndex.read(plain), content(layer));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read layer %s: %s".formatted(layer.diffId(), e.getMessage()),
          e);
    }
  }

  private TarContent content(StageLayer layer) {
    var stored = layer.blob().descriptor();
    var plain = blobs.path(stored.digest());
    // The layers of a base that is read from elsewhere, as from a layout, are not in the store.
    return stored.digest().equals(layer.diffId()) && Files.exists(plain)
        ? TarContent.of(plain)
        : TarContent.of(() -> open(layer));
  }

  /// The plain tar of a layer.
  public static InputStream open(StageLayer layer) throws IOException {
    return Compression.decompressAny(layer.blob().open());
  }
}
