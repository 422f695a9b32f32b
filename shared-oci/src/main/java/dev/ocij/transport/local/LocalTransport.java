package dev.ocij.transport.local;

import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.transport.layout.LayoutSink;
import dev.ocij.transport.layout.LayoutSource;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.List;

/// The transport `containers-storage:`. Its store is an OCI layout, so reading and writing are
/// those of `oci:`; only names are another matter: complete references, or ids.
///
/// Documents and layers are kept as they come.
public record LocalTransport(Store store) implements Transport {
  private static final Accepts AS_IT_IS =
      new Accepts(List.of(), null, true, List.of(Signature.Sigstore.class));

  @Override
  public String name() {
    return "containers-storage";
  }

  @Override
  public Source openSource(String rest) {
    var images = store.images();
    var found = new LocalImages(images).find(rest).orElseThrow(() -> unknown(rest));
    return new LayoutSource(identity(rest), images, found);
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    store.create();
    var images = store.images();
    var name = LocalImages.complete(rest);
    return new LocalSink(
        new LayoutSink(name() + ":" + rest, images, name.toString(), AS_IT_IS, images.use()), name);
  }

  @Override
  public void delete(String rest) throws IOException {
    var images = store.images();
    Descriptor found = new LocalImages(images).find(rest).orElseThrow(() -> unknown(rest));
    images.change(
        entries -> entries.stream().filter(e -> !e.digest().equals(found.digest())).toList());
    images.prune();
  }

  private static ImageIdentity identity(String rest) {
    if (LocalImages.isId(rest)) {
      return new ImageIdentity("containers-storage", null, List.of());
    }
    Reference name = LocalImages.complete(rest);
    return new ImageIdentity(
        "containers-storage", name, List.of(name.toString(), name.repository().toString()));
  }

  private static OciException unknown(String rest) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "open containers-storage:%s: image not known".formatted(Quoted.escape(rest)));
  }
}
