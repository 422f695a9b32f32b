package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Small images in memory, as if read from somewhere.
public final class Samples implements BlobSource {
  private final Map<Digest, byte[]> content = new HashMap<>();

  @Override
  public InputStream open(Descriptor descriptor) {
    var bytes = content.get(descriptor.digest());
    if (bytes == null) {
      throw new OciException(
          OciException.Category.NOT_FOUND, "read %s: not here".formatted(descriptor.digest()));
    }
    return new ByteArrayInputStream(bytes);
  }

  /// A stored blob.
  public Descriptor blob(MediaType type, byte[] bytes) {
    content.put(Digest.of(bytes), bytes);
    return Descriptor.of(type, bytes);
  }

  /// A stored layer that holds this text, compressed as its type says.
  public Descriptor layer(MediaType type, String text) {
    var layerType = LayerType.of(type);
    var compression = layerType == null ? Compression.NONE : layerType.compression();
    var bytes = new ByteArrayOutputStream();
    try (var out = compression.compress(bytes, Compression.DEFAULT_LEVEL)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return blob(type, bytes.toByteArray());
  }

  /// An image that was read: its configuration, with a space that no writer would put there, and
  /// these layers.
  public Image image(MediaType manifest, Descriptor... layers) {
    var config = ' ' + new String(Json.write(config()), StandardCharsets.UTF_8);
    var type = manifest.isDocker() ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG;
    return artifact(
        ImageManifest.of(
            manifest, blob(type, config.getBytes(StandardCharsets.UTF_8)), Arrays.asList(layers)));
  }

  /// Anything with this manifest, which ends with a line break that no writer would put there.
  public Image artifact(ImageManifest manifest) {
    return Image.of(document(manifest, manifest.mediaType()), this);
  }

  /// An index that was read, of these images.
  public Index index(MediaType type, Map<Platform, Image> images) {
    var byDigest = new HashMap<Digest, Artifact>();
    var entries =
        images.entrySet().stream()
            .map(entry -> describe(entry.getValue(), byDigest).withPlatform(entry.getKey()))
            .toList();
    return index(ImageIndex.of(type, entries), byDigest);
  }

  /// An index that was read, its members found by digest.
  public static Index index(ImageIndex index, Map<Digest, Artifact> members) {
    return Index.of(document(index, index.mediaType()), d -> member(members, d));
  }

  private static Artifact member(Map<Digest, Artifact> members, Descriptor descriptor) {
    var member = members.get(descriptor.digest());
    if (member == null) {
      throw new OciException(OciException.Category.NOT_FOUND, "no " + descriptor.digest());
    }
    return member;
  }

  private static Descriptor describe(Image image, Map<Digest, Artifact> byDigest) {
    var document = image.original();
    if (document == null) {
      throw new IllegalArgumentException("an image that was read");
    }
    byDigest.put(document.digest(), image);
    return document.descriptor();
  }

  private static Document document(Object content, @Nullable MediaType type) {
    var text = new String(Json.write(content), StandardCharsets.UTF_8) + '\n';
    return Document.of(text.getBytes(StandardCharsets.UTF_8), String.valueOf(type));
  }

  private static ImageConfig config() {
    return ImageConfig.scratch(Platform.of("linux", "amd64"));
  }
}
