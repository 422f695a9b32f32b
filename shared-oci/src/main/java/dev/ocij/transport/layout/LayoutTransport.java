package dev.ocij.transport.layout;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.store.ImageStore;
import dev.ocij.transport.PathIdentity;
import dev.ocij.transport.SignatureImage;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The transport `oci:`.
///
/// @param sharedBlobs where blobs are kept instead of below the layout; null for there
/// @param plainLayers whether layers may be written without compression
public record LayoutTransport(@Nullable Path sharedBlobs, boolean plainLayers)
    implements Transport {
  @Override
  public String name() {
    return "oci";
  }

  @Override
  public Source openSource(String rest) throws IOException {
    var location = LayoutLocation.parse(rest);
    var store = store(location);
    if (!store.exists()) {
      throw new OciException(
          OciException.Category.IO,
          "open oci:%s: no such OCI layout: %s is missing"
              .formatted(location, location.path().resolve("index.json")));
    }
    return new LayoutSource(
        PathIdentity.of(name(), location.path(), location.name()), store, entry(store, location));
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    var location = LayoutLocation.parse(rest);
    return LayoutSink.ofOci("oci:" + rest, store(location), location.name(), plainLayers);
  }

  /// Takes the name away, and removes the blobs that no other image needs.
  @Override
  public void delete(String rest) throws IOException {
    var location = LayoutLocation.parse(rest);
    var store = store(location);
    var removed = entry(store, location);
    store.change(entries -> entries.stream().filter(entry -> !entry.equals(removed)).toList());
    store.prune();
  }

  private ImageStore store(LayoutLocation location) {
    return sharedBlobs == null
        ? ImageStore.at(location.path())
        : ImageStore.at(location.path(), sharedBlobs);
  }

  private static Descriptor entry(ImageStore store, LayoutLocation location) {
    var entries = store.entries().stream().filter(LayoutTransport::isImage).toList();
    if (location.name() != null) {
      return store.find(location.name()).orElseThrow(() -> noSuch(location, entries));
    }
    if (location.index() != null) {
      if (location.index() >= entries.size()) {
        throw noSuch(location, entries);
      }
      return entries.get(location.index());
    }
    if (entries.size() != 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "open oci:%s: there are %d images; choose one by its name or @index"
              .formatted(location, entries.size()));
    }
    return entries.getFirst();
  }

  /// Signatures are entries too, but nobody means them by an image.
  private static boolean isImage(Descriptor entry) {
    var name = ImageStore.nameOf(entry);
    return name == null || !SignatureImage.isTag(name);
  }

  private static OciException noSuch(LayoutLocation location, List<Descriptor> entries) {
    var names = entries.stream().map(ImageStore::nameOf).filter(n -> n != null).toList();
    return new OciException(
        OciException.Category.NOT_FOUND,
        "open oci:%s: no descriptor found for reference; there are %d images%s"
            .formatted(
                location,
                entries.size(),
                names.isEmpty() ? "" : ", named " + Json.MAPPER.valueToTree(names)));
  }
}
