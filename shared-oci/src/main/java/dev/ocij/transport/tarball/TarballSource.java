package dev.ocij.transport.tarball;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An image made of tar files. A file that changes while it is copied is not what was hashed, and
/// refused.
///
/// @param layers where each is, by its digest
record TarballSource(Document document, byte[] config, Map<Digest, TarContent> layers)
    implements Source {
  /// @param temporary the directory for what can be read only once
  static TarballSource of(List<Path> files, Path temporary) {
    var tars = files.stream().map(file -> Tarball.read(file, temporary)).toList();
    var config = Json.write(config(tars));
    var manifest =
        ImageManifest.of(
            MediaType.OCI_MANIFEST,
            Descriptor.of(MediaType.OCI_CONFIG, config),
            tars.stream().map(Tarball::descriptor).toList());
    var layers = new HashMap<Digest, TarContent>();
    tars.forEach(tar -> layers.put(tar.descriptor().digest(), tar.content()));
    return new TarballSource(
        Document.of(Json.write(manifest), MediaType.OCI_MANIFEST.value()),
        config,
        Map.copyOf(layers));
  }

  /// The image is as old as the newest of its files.
  private static ImageConfig config(List<Tarball> tars) {
    var newest = tars.stream().map(Tarball::changed).max(Instant::compareTo).orElseThrow();
    return ImageConfig.scratch(Platform.host())
        .withCreated(newest)
        .withLayers(
            tars.stream().map(Tarball::diffId).toList(),
            tars.stream().map(TarballSource::history).toList());
  }

  private static History history(Tarball tar) {
    var added = "/bin/sh -c #(nop) ADD file:%s in /".formatted(tar.diffId().hex());
    return new History(tar.changed(), added, null, "imported from tarball", false);
  }

  @Override
  public ImageIdentity identity() {
    return new ImageIdentity("tarball", null, List.of());
  }

  @Override
  public Document member(Descriptor descriptor) {
    throw new IllegalStateException("tar files make an image, not an index");
  }

  @Override
  public List<Signature> signatures(Digest manifest) {
    return List.of();
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    var layer = layers.get(descriptor.digest());
    if (layer != null) {
      return layer.open();
    }
    if (descriptor.digest().equals(Digest.of(config))) {
      return new ByteArrayInputStream(config);
    }
    throw new OciException(
        OciException.Category.NOT_FOUND, "open blob %s: no such blob".formatted(descriptor));
  }

  @Override
  public void close() throws IOException {
    for (var layer : layers.values()) {
      layer.close();
    }
  }
}
