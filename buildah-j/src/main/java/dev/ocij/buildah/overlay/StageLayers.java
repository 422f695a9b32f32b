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

  /// One new layer with all that these make together.
  public StageLayer squash(List<StageLayer> layers) throws IOException {
    var tree = tree(layers);
    return write(layer -> copy(tree, "", layer));
  }

  private static void copy(LayeredTree tree, String directory, LayerWriter layer)
      throws IOException {
    for (var entry : tree.list(directory)) {
      try (var content = entry.isFile() ? tree.open(entry) : InputStream.nullInputStream()) {
        layer.write(entry, content);
      }
      if (entry.isDirectory()) {
        copy(tree, entry.path(), layer);
      }
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

  /// The layers of a base need not be in the store: it may be read from an archive.
  private TarContent content(StageLayer layer) throws IOException {
    var stored = layer.blob().descriptor();
    return stored.digest().equals(layer.diffId()) && blobs.has(stored)
        ? TarContent.of(blobs.path(stored.digest()))
        : TarContent.of(() -> open(layer));
  }

  /// The plain tar of a layer.
  public static InputStream open(StageLayer layer) throws IOException {
    return Compression.decompressAny(layer.blob().open());
  }
}
