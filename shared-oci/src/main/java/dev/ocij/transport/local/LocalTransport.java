package dev.ocij.transport.local;

import dev.ocij.image.Document;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Entries;
import dev.ocij.store.Store;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.transport.layout.LayoutSink;
import dev.ocij.transport.layout.LayoutSource;
import dev.ocij.transport.layout.StoredLayout;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.List;

/// `containers-storage:name`, where the name is an image of our own store: `name[:tag]`,
/// `name@digest`, or to read one also the beginning of its id. Written to nothing at all, an image
/// has no name; one that loses its last name to another stays too.
///
/// Documents and layers are kept as they come: what is pulled and pushed again has its digest.
public record LocalTransport(Store store) implements Transport {
  public static final String NAME = "containers-storage";

  private static final Accepts ACCEPTS =
      new Accepts(List.of(), null, true, List.of(Signature.Sigstore.class));

  @Override
  public String name() {
    return NAME;
  }

  /// Where an image of the store is.
  ///
  /// @param name empty to write one that has none
  public static Location location(String name) {
    return new Location(NAME, name);
  }

  @Override
  public Source openSource(String rest) throws IOException {
    var images = store.images();
    var entries = images.exists() ? images.entries() : new Entries(List.of());
    var chosen = LocalName.parse(rest).choose(entries, images);
    var name = Entries.name(chosen);
    var reference = name == null ? null : Reference.parse(name);
    return new LayoutSource(
        new ImageIdentity(name(), reference, List.of()),
        reference == null ? List.of() : List.of(reference),
        entries,
        chosen,
        images.blobs(),
        () -> {});
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    var reference = rest.isEmpty() ? null : LocalName.parse(rest).reference();
    if (reference == null && !rest.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "write %s:%s: an image is written by name".formatted(name(), Quoted.escape(rest)));
    }
    store.create();
    return new LayoutSink(
        name() + ":" + Quoted.escape(rest),
        StoredLayout.keeping(store.images()),
        reference == null ? null : reference.toString(),
        ACCEPTS);
  }

  @Override
  public void addSignatures(String rest, Document manifest, List<Signature> signatures)
      throws IOException {
    try (var layout = StoredLayout.keeping(store.images())) {
      layout.sign(name() + ":" + Quoted.escape(rest), manifest, signatures);
    }
  }

  /// By a name, only that name is removed, and the image when it was its last; by an id, all names
  /// are.
  @Override
  public void delete(String rest) throws IOException {
    var images = store.images();
    var entries = images.exists() ? images.entries() : new Entries(List.of());
    var name = LocalName.parse(rest);
    var chosen = name.choose(entries, images);
    List<Descriptor> removed =
        name.isNamed(entries) ? List.of(chosen) : entries.withDigest(chosen.digest());
    for (var entry : removed) {
      images.remove(entry);
    }
    images.pruneUnlessUsed(store::needed);
  }
}
