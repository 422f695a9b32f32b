package dev.ocij.buildah.overlay;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Piped;
import dev.ocij.layer.CombinedLayer;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayerWriter;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.TarContent;
import dev.ocij.layer.TarIndex;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.store.BlobStore;
import dev.ocij.store.TarIndexes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// The layers of a build: new ones are written to the store as plain tars, each is indexed once.
public final class StageLayers {
  /// Writes the entries of a layer.
  @FunctionalInterface
  public interface Content {
    void writeTo(LayerWriter layer) throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  private final BlobStore blobs;
  private final TarIndexes indexes;
  private final ConcurrentHashMap<Digest, LayeredTree.Part> parts = new ConcurrentHashMap<>();

  public StageLayers(BlobStore blobs) {
    this.blobs = blobs;
    this.indexes = new TarIndexes(blobs);
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
    return write(layer -> copy(tree, "", layer, entry -> entry, new HashMap<>()));
  }

  /// Writes one archive of all that these make together.
  ///
  /// @param change of each entry
  public void export(List<StageLayer> layers, OutputStream out, UnaryOperator<Entry> change)
      throws IOException {
    writeTo(out, layer -> copy(tree(layers), "", layer, change, new HashMap<>()));
  }

  /// @param written the first name of each file
  private static void copy(
      LayeredTree tree,
      String directory,
      LayerWriter layer,
      UnaryOperator<Entry> change,
      Map<Object, String> written)
      throws IOException {
    for (var entry : tree.list(directory)) {
      var first =
          entry.isFile()
              ? tree.identity(entry).map(each -> written.putIfAbsent(each, entry.path()))
              : Optional.<String>empty();
      if (first.isPresent()) {
        layer.write(
            change.apply(Entry.hardLink(entry.path(), entry.attributes(), first.get())),
            InputStream.nullInputStream());
        continue;
      }
      try (var content = entry.isFile() ? tree.open(entry) : InputStream.nullInputStream()) {
        layer.write(change.apply(entry), content);
      }
      if (entry.isDirectory()) {
        copy(tree, entry.path(), layer, change, written);
      }
    }
  }

  /// One new layer that does what these do.
  ///
  /// @param below what they stand on
  /// @param stamp the last change of each entry, as of its time
  public StageLayer combine(
      List<StageLayer> below, List<StageLayer> layers, UnaryOperator<Entry> stamp)
      throws IOException {
    var base = tree(below);
    var parts = layers.stream().map(this::part).toList();
    return write(layer -> CombinedLayer.write(base, parts, stamp, layer));
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

  /// Stores a layer that was made elsewhere.
  ///
  /// @param plain its tar
  public StageLayer store(Blob.Opener plain) throws IOException {
    return stored(blobs.put(new Blob.Fresh(MediaType.OCI_LAYER, null, plain)));
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
    try {
      var index = indexes.of(layer.blob().descriptor(), () -> readIndex(layer));
      return new LayeredTree.Part(index, content(layer));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read layer %s: %s".formatted(layer.diffId(), e.getMessage()),
          e);
    }
  }

  /// A plain layer of the store was verified when it came there, and only its headers are read.
  private TarIndex readIndex(StageLayer layer) throws IOException {
    if (isPlain(layer)) {
      return TarIndex.read(blobs.path(layer.diffId()));
    }
    try (var plain = open(layer)) {
      return TarIndex.read(plain);
    }
  }

  private boolean isPlain(StageLayer layer) throws IOException {
    var stored = layer.blob().descriptor();
    return stored.digest().equals(layer.diffId()) && blobs.has(stored);
  }

  private TarContent content(StageLayer layer) throws IOException {
    return isPlain(layer)
        ? TarContent.of(blobs.path(layer.diffId()))
        : TarContent.spooled(() -> open(layer), blobs.directory());
  }

  /// A plain tar from elsewhere as a tree.
  ///
  /// @param seekable whether its stream skips at no cost
  public LayeredTree archive(Blob.Opener plain, boolean seekable) throws IOException {
    var content = seekable ? TarContent.of(plain) : TarContent.spooled(plain, blobs.directory());
    try (var tar = content.openAt(0)) {
      return LayeredTree.of(List.of(new LayeredTree.Part(TarIndex.read(tar), content)));
    }
  }

  /// The plain tar of a layer.
  public static InputStream open(StageLayer layer) throws IOException {
    return Compression.decompressAny(layer.blob().open());
  }
}
