package dev.ocij.transport.archive;

import dev.ocij.image.Artifact;
import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One image of an archive that `docker save` wrote. Such an archive has no manifest, so one is
/// made: the same that the peers make, for its digest is what they show.
final class DockerArchiveSource implements Source {
  private final TarFile tar;
  private final ImageIdentity identity;
  private final List<Reference> names;
  private final Document document;
  private final Map<Digest, String> files = new HashMap<>();

  /// @param tar closed with this source
  DockerArchiveSource(TarFile tar, SavedImage image, ImageIdentity identity) throws IOException {
    this.tar = tar;
    this.identity = identity;
    this.names =
        identity.reference() == null
            ? image.repoTags().stream().flatMap(tag -> Reference.find(tag).stream()).toList()
            : List.of(identity.reference());
    var config = tar.read(image.config());
    files.put(Digest.of(config), image.config());
    var diffIds = Json.read(config, ImageConfig::from, image.config()).rootfs().diffIds();
    if (diffIds.size() != image.layers().size()) {
      throw new OciException(
          OciException.Category.INVALID,
          "open %s: %d layers, but the configuration has %d"
              .formatted(tar, image.layers().size(), diffIds.size()));
    }
    for (int i = 0; i < diffIds.size(); i++) {
      files.put(diffIds.get(i), image.layers().get(i));
    }
    this.document = compose(Descriptor.of(MediaType.DOCKER_CONFIG, config), diffIds);
  }

  @Override
  public ImageIdentity identity() {
    return identity;
  }

  /// All of them, where none was asked for.
  @Override
  public List<Reference> names() {
    return names;
  }

  @Override
  public Document document() {
    return document;
  }

  /// The peers' manifest calls the layers compressed, though they are not. Here they are what they
  /// are, so that they get compressed where that is wanted.
  @Override
  public Artifact read() {
    var image = Image.of(document, this);
    var layers =
        image.layers().stream()
            .map(Blob.Known.class::cast)
            .map(blob ->
                blob.withDescriptor(blob.descriptor().withMediaType(MediaType.DOCKER_LAYER)))
            .toList();
    return new Image(document, image.manifest(), image.config(), List.copyOf(layers));
  }

  @Override
  public Document member(Descriptor descriptor) {
    throw missing(descriptor.digest());
  }

  @Override
  public List<Signature> signatures(Digest manifest) {
    return List.of();
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    var file = files.get(descriptor.digest());
    if (file == null) {
      throw missing(descriptor.digest());
    }
    return Compression.decompressAny(tar.open(file));
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private Document compose(Descriptor config, List<Digest> diffIds) throws IOException {
    var layers = new ArrayList<SynthesisedManifest.Part>();
    for (var diffId : diffIds) {
      layers.add(SynthesisedManifest.layer(diffId, plainSize(diffId)));
    }
    return Document.of(Json.write(SynthesisedManifest.of(config, layers)), "");
  }

  private long plainSize(Digest diffId) throws IOException {
    var file = files.get(diffId);
    try (var in = new BufferedInputStream(tar.open(String.valueOf(file)))) {
      if (Compression.detect(in) == Compression.NONE) {
        return tar.size(String.valueOf(file));
      }
      return Compression.decompressAny(in).transferTo(OutputStream.nullOutputStream());
    }
  }

  private OciException missing(Digest digest) {
    return new OciException(
        OciException.Category.NOT_FOUND, "open %s: it has no blob %s".formatted(tar, digest));
  }
}
