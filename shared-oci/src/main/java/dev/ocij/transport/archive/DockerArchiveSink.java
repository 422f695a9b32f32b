package dev.ocij.transport.archive;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Sink;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One image on its way into an archive as `docker save` writes it: layers by their diff ids, the
/// configuration, and last what names them.
final class DockerArchiveSink implements Sink {
  private static final Accepts ACCEPTS =
      new Accepts(List.of(MediaType.DOCKER_MANIFEST), Compression.NONE, true, List.of());

  private final String location;
  private final TarOutput tar;
  private final List<Reference.Tagged> names;
  private final Map<Digest, String> files = new HashMap<>();
  private byte @Nullable [] config;

  /// @param tar closed with this sink
  /// @param names that the image gets, its own first
  DockerArchiveSink(String location, TarOutput tar, List<Reference.Tagged> names) {
    this.location = location;
    this.tar = tar;
    this.names = List.copyOf(names);
  }

  @Override
  public Accepts accepts() {
    return ACCEPTS;
  }

  @Override
  public synchronized Descriptor put(Blob blob) throws IOException {
    if (blob instanceof Blob.Known(var known, _) && files.containsKey(known.digest())) {
      return known;
    }
    if (!isConfig(blob.mediaType())) {
      var layer = tar.append(blob, descriptor -> layerFile(descriptor.digest()));
      files.put(layer.digest(), layerFile(layer.digest()));
      return layer;
    }
    return putConfig(blob);
  }

  private Descriptor putConfig(Blob blob) throws IOException {
    try (var in = blob.open()) {
      var bytes = in.readNBytes(Json.LARGEST_DOCUMENT + 1);
      if (bytes.length > Json.LARGEST_DOCUMENT) {
        throw new OciException(
            OciException.Category.INVALID,
            "write %s: the configuration is larger than %d bytes"
                .formatted(location, Json.LARGEST_DOCUMENT));
      }
      var descriptor = Descriptor.of(blob.mediaType(), bytes);
      tar.append(configFile(descriptor.digest()), bytes);
      files.put(descriptor.digest(), configFile(descriptor.digest()));
      config = bytes;
      return descriptor;
    }
  }

  @Override
  public void putMember(Document manifest) {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "write %s: a docker archive cannot hold the images of an index".formatted(location));
  }

  @Override
  public void putSignatures(Digest manifest, List<Signature> signatures) {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "Can not copy signatures to %s: Storing signatures for docker tar files is not supported"
            .formatted(location));
  }

  @Override
  public synchronized Descriptor commit(Document document) throws IOException {
    if (!document.mediaType().isManifest()) {
      putMember(document);
    }
    var manifest = Json.read(document.bytes(), ImageManifest::from, "manifest");
    var configFile = file(manifest.config().digest());
    var layers = manifest.layers().stream().map(Descriptor::digest).toList();
    var layerFiles = layers.stream().map(this::file).toList();
    requireDiffIds(layers);
    var legacy = LegacyLayers.of(layers, configBytes());
    legacy.append(tar);
    tar.append(
        SavedImage.MANIFEST,
        Json.write(
            List.of(
                new SavedImage(
                    configFile, names.stream().map(Reference::toString).toList(), layerFiles))));
    tar.append("repositories", Json.write(repositories(legacy.top())));
    tar.finish();
    return document.descriptor();
  }

  @Override
  public @Nullable Reference reference() {
    return names.isEmpty() ? null : names.getFirst();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /// Readers find a layer by its diff id, so a compressed one would be lost.
  private void requireDiffIds(List<Digest> layers) {
    var diffIds =
        Json.read(configBytes(), ImageConfig::from, "image configuration").rootfs().diffIds();
    if (!layers.equals(diffIds)) {
      throw new OciException(
          OciException.Category.INVALID,
          "write %s: the layers are not those of the configuration's diff_ids".formatted(location));
    }
  }

  private Map<String, Map<String, String>> repositories(@Nullable String top) {
    var repositories = new TreeMap<String, Map<String, String>>();
    if (top != null) {
      for (var name : names) {
        repositories
            .computeIfAbsent(name.repository().toString(), _ -> new TreeMap<>())
            .put(name.tag(), top);
      }
    }
    return repositories;
  }

  private byte[] configBytes() {
    if (config == null) {
      throw new OciException(
          OciException.Category.INVALID,
          "write %s: the configuration is missing".formatted(location));
    }
    return config;
  }

  private String file(Digest digest) {
    var file = files.get(digest);
    if (file == null) {
      throw new OciException(
          OciException.Category.INVALID,
          "write %s: the blob %s is missing".formatted(location, digest));
    }
    return file;
  }

  private static boolean isConfig(MediaType type) {
    return type.equals(MediaType.DOCKER_CONFIG) || type.equals(MediaType.OCI_CONFIG);
  }

  private static String configFile(Digest digest) {
    return digest.hex() + ".json";
  }

  private static String layerFile(Digest digest) {
    return digest.hex() + ".tar";
  }
}
