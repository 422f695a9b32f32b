package dev.ocij.buildah.build;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A built image as a source: where the build flow ends, the copy flow begins.
///
/// @param image all of whose blobs are known
public record BuiltSource(Image image) implements Source {
  /// The transport that a built image is said to come from.
  static final String TRANSPORT = "built";

  @Override
  public ImageIdentity identity() {
    return new ImageIdentity(TRANSPORT, null, List.of());
  }

  @Override
  public Document document() {
    var manifest =
        image
            .manifest()
            .withContent(
                known(image.config()).descriptor(),
                image.layers().stream().map(layer -> known(layer).descriptor()).toList());
    return Document.of(Json.write(manifest), String.valueOf(manifest.mediaType()));
  }

  @Override
  public Document member(Descriptor descriptor) {
    throw new OciException(
        OciException.Category.NOT_FOUND, "a built image has no member " + descriptor.digest());
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    return find(descriptor).orElseThrow().open();
  }

  /// The layer or the configuration with this digest.
  Optional<? extends Blob> find(Descriptor descriptor) {
    return Stream.concat(image.layers().stream(), Stream.of(image.config()))
        .filter(blob -> known(blob).descriptor().digest().equals(descriptor.digest()))
        .findFirst();
  }

  @Override
  public List<Signature> signatures(Digest manifest) {
    return List.of();
  }

  @Override
  public void close() {}

  private static Blob.Known known(Blob blob) {
    return (Blob.Known) blob;
  }
}
