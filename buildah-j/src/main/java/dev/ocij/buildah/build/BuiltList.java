package dev.ocij.buildah.build;

import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Built images, one for each platform, as one source.
///
/// @param built not empty
/// @param earlier what the list was before; what it has for other platforms stays. Null for
///   nothing; the caller closes it
record BuiltList(List<BuiltSource> built, @Nullable Source earlier) implements Source {
  static BuiltList of(List<Image> images, @Nullable Source earlier) {
    return new BuiltList(images.stream().map(BuiltSource::new).toList(), earlier);
  }

  @Override
  public ImageIdentity identity() {
    return built.getFirst().identity();
  }

  @Override
  public Document document() throws IOException {
    var entries = new ArrayList<Descriptor>();
    var fresh = built.stream().map(BuiltList::describe).toList();
    for (var entry : before()) {
      boolean replaced =
          fresh.stream().anyMatch(each -> String.valueOf(each.platform()).equals(platform(entry)));
      if (!replaced) {
        entries.add(entry);
      }
    }
    entries.addAll(fresh);
    var index = ImageIndex.of(MediaType.OCI_INDEX, entries);
    return Document.of(Json.write(index), MediaType.OCI_INDEX.value());
  }

  @Override
  public Document member(Descriptor descriptor) throws IOException {
    for (var each : built) {
      if (each.document().digest().equals(descriptor.digest())) {
        return each.document();
      }
    }
    if (earlier == null) {
      throw new IllegalStateException("a built list has no member " + descriptor.digest());
    }
    return earlier.member(descriptor);
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    var blob =
        built.stream().map(each -> each.find(descriptor)).flatMap(Optional::stream).findFirst();
    if (blob.isPresent()) {
      return blob.get().open();
    }
    if (earlier == null) {
      throw new IllegalStateException("a built list has no blob " + descriptor.digest());
    }
    return earlier.open(descriptor);
  }

  @Override
  public List<Signature> signatures(Digest manifest) {
    return List.of();
  }

  @Override
  public void close() {}

  private List<Descriptor> before() throws IOException {
    if (earlier == null || !earlier.document().mediaType().isIndex()) {
      return List.of();
    }
    return Json.read(earlier.document().bytes(), ImageIndex::from, "manifest list").manifests();
  }

  private static String platform(Descriptor entry) {
    return String.valueOf(entry.platform());
  }

  private static Descriptor describe(BuiltSource source) {
    var document = source.document();
    return Descriptor.of(document.mediaType(), document.bytes())
        .withPlatform(source.image().readConfig().platform());
  }
}
