package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One image: a manifest, a configuration and layers, base first.
///
/// @param original the bytes that the manifest was read from, null after an edit
/// @param manifest as read or edited; of its descriptors only those of known blobs count
public record Image(
    @Nullable Document original, ImageManifest manifest, Blob config, List<Blob> layers)
    implements Artifact {
  public Image {
    layers = List.copyOf(layers);
  }

  /// The image that a manifest describes, its blobs found through `blobs`.
  public static Image of(Document document, BlobSource blobs) {
    var manifest =
        Json.read(document.bytes(), ImageManifest::from, "manifest " + document.digest());
    return new Image(
        document,
        manifest.withMediaType(document.mediaType()),
        blobs.blob(manifest.config()),
        manifest.layers().stream().<Blob>map(blobs::blob).toList());
  }

  /// An image in the making, whose manifest is written when all blobs are known.
  public static Image of(MediaType mediaType, Blob.Known config, List<? extends Blob> layers) {
    return new Image(
        null,
        ImageManifest.of(mediaType, config.descriptor(), List.of()),
        config,
        List.copyOf(layers));
  }

  /// The configuration, read now.
  ///
  /// @throws OciException where this is no image but another kind of artifact
  public ImageConfig readConfig() {
    try {
      return Json.read(readConfigBytes(), ImageConfig::from, "image configuration");
    } catch (OciException e) {
      throw manifest.isImage() ? e : noImage(e);
    }
  }

  private OciException noImage(OciException found) {
    return new OciException(
        OciException.Category.INVALID,
        "read image configuration: there is none, for this is an artifact of type %s, and no image"
            .formatted(Quoted.escape(manifest.type())),
        found);
  }

  /// The exact bytes of the configuration.
  public byte[] readConfigBytes() {
    try (var in = config.open()) {
      var bytes = in.readNBytes(Json.LARGEST_DOCUMENT + 1);
      if (bytes.length > Json.LARGEST_DOCUMENT) {
        throw new OciException(
            OciException.Category.INVALID,
            "read image configuration: it is larger than %d bytes"
                .formatted(Json.LARGEST_DOCUMENT));
      }
      return bytes;
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read image configuration: " + Reason.withFile(e), e);
    }
  }

  public Image withBlobs(Blob newConfig, List<? extends Blob> newLayers) {
    return new Image(null, manifest, newConfig, List.copyOf(newLayers));
  }

  public Image withManifest(ImageManifest changed) {
    return new Image(null, changed, config, layers);
  }

  @Override
  public Artifact mapImages(UnaryOperator<Image> change) {
    return change.apply(this);
  }

  @Override
  public Document write(Writer writer) throws IOException {
    if (original != null && writer.has(this)) {
      return original;
    }
    if (original != null && original.mediaType().isSchema1()) {
      var _ = Parallel.map(layers, writer.parallelBlobs(), writer::put);
      return original; // it has no configuration
    }
    if (manifest.mediaType() != null && manifest.mediaType().isSchema1()) {
      return Schema1.write(this, writer);
    }
    var blobs = Stream.concat(layers.stream(), Stream.of(config)).toList();
    var stored = Parallel.map(blobs, writer.parallelBlobs(), blob -> stored(blob, writer));
    if (original != null) {
      return original;
    }
    var written = manifest.withContent(stored.getLast(), stored.subList(0, layers.size()));
    return Document.of(Json.write(written), String.valueOf(manifest.mediaType()));
  }

  /// What a fresh blob has to say of itself is known once it is stored.
  private static Descriptor stored(Blob blob, Writer writer) throws IOException {
    var descriptor = writer.put(blob);
    return blob instanceof Blob.Fresh fresh
        ? descriptor.withAnnotations(fresh.annotations())
        : descriptor;
  }
}
