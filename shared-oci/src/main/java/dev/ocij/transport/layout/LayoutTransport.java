package dev.ocij.transport.layout;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.ImageStore;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.ParentFolder;
import dev.ocij.transport.PathScopes;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `oci:path[:name|:@position|:@digest]`.
///
/// @param sharedBlobs a directory that layouts share their blobs in; null where each has its own
/// @param plainLayers whether layers may be written without compression
public record LayoutTransport(@Nullable Path sharedBlobs, boolean plainLayers)
    implements Transport {
  /// The documents that a layout takes: OCI ones, as the peers write there.
  public static final List<MediaType> DOCUMENTS =
      List.of(MediaType.OCI_MANIFEST, MediaType.OCI_INDEX);

  public LayoutTransport() {
    this(null, false);
  }

  @Override
  public String name() {
    return "oci";
  }

  @Override
  public Source openSource(String rest) throws IOException {
    var location = LayoutLocation.parse(rest);
    var store = existing(location);
    var entries = store.entries();
    return new LayoutSource(
        new ImageIdentity(name(), null, PathScopes.of(location.path())),
        location.image().references(""),
        entries,
        chosen(location.image(), store, shown(rest)),
        store.blobs(),
        () -> {});
  }

  /// What a digest names need be no entry: images of an index are none.
  private static Descriptor chosen(LayoutName name, ImageStore store, String layout)
      throws IOException {
    var digest = name.digest();
    return digest == null
        ? name.choose(store.entries(), layout)
        : Documents.find(store.blobs(), digest, layout).descriptor();
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    var location = LayoutLocation.parse(rest);
    var name = location.image().written(shown(rest));
    ParentFolder.require(location.path(), shown(rest));
    var store = store(location);
    return new LayoutSink(shown(rest), StoredLayout.of(store), name, accepting(plainLayers));
  }

  /// What a layout takes, be it in a folder or in an archive.
  public static Accepts accepting(boolean plainLayers) {
    return new Accepts(DOCUMENTS, null, plainLayers, List.of(Signature.Sigstore.class));
  }

  @Override
  public void addSignatures(String rest, Document manifest, List<Signature> signatures)
      throws IOException {
    try (var layout = StoredLayout.of(existing(LayoutLocation.parse(rest)))) {
      layout.sign(shown(rest), manifest, signatures);
    }
  }

  @Override
  public void delete(String rest) throws IOException {
    var location = LayoutLocation.parse(rest);
    var store = existing(location);
    store.remove(location.image().choose(store.entries(), shown(rest)));
    store.pruneUnlessUsed(ImageStore.Needed.NOTHING);
  }

  private ImageStore existing(LayoutLocation location) {
    var store = store(location);
    if (!store.exists()) {
      throw new OciException(
          OciException.Category.IO,
          "open %s: no such file or directory"
              .formatted(Quoted.escape(location.path().resolve("index.json").toString())));
    }
    return store;
  }

  private ImageStore store(LayoutLocation location) {
    return sharedBlobs == null
        ? ImageStore.of(location.path())
        : ImageStore.of(location.path(), sharedBlobs);
  }

  private String shown(String rest) {
    return name() + ":" + Quoted.escape(rest);
  }
}
