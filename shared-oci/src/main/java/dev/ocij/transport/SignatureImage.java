package dev.ocij.transport;

import dev.ocij.image.Blob;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Signatures as cosign attaches them to an image: an image of their own, one layer for each, under
/// the tag that [#tag] gives.
public final class SignatureImage {
  private static final String SUFFIX = ".sig";
  private static final int MOST = 100;

  private SignatureImage() {}

  /// The tag beside the manifest with this digest: `sha256-<hex>.sig`.
  public static String tag(Digest manifest) {
    return manifest.algorithm().prefix() + "-" + manifest.hex() + SUFFIX;
  }

  /// The image that holds these signatures, in their order.
  public static Image of(List<Signature.Sigstore> signatures) {
    var layers = signatures.stream().map(SignatureImage::layer).toList();
    var config = Json.write(config(layers.stream().map(l -> l.descriptor().digest()).toList()));
    return Image.of(MediaType.OCI_MANIFEST, Blob.of(MediaType.OCI_CONFIG, config), layers);
  }

  /// The signatures in such an image.
  ///
  /// @throws OciException where there are more than anybody could have meant, or larger ones
  public static List<Signature.Sigstore> read(Image image) throws IOException {
    if (image.layers().size() > MOST) {
      throw tooMuch("%d signatures".formatted(image.layers().size()));
    }
    var signatures = new ArrayList<Signature.Sigstore>();
    for (var layer : image.layers()) {
      if (layer instanceof Blob.Known known) {
        signatures.add(read(known));
      }
    }
    return List.copyOf(signatures);
  }

  /// What is attached afterwards: nothing is taken away, and nothing is there twice.
  public static List<Signature.Sigstore> merge(
      List<Signature.Sigstore> attached, List<Signature.Sigstore> added) {
    var all = new ArrayList<>(attached);
    var known = new LinkedHashSet<>(attached.stream().map(SignatureImage::key).toList());
    added.stream().filter(signature -> known.add(key(signature))).forEach(all::add);
    return List.copyOf(all);
  }

  private static Signature.Sigstore read(Blob.Known layer) throws IOException {
    var descriptor = layer.descriptor();
    if (descriptor.size() > Json.LARGEST_DOCUMENT) {
      throw tooMuch("a payload of %d bytes".formatted(descriptor.size()));
    }
    try (var in = layer.open()) {
      return new Signature.Sigstore(
          descriptor.mediaType().value(), in.readAllBytes(), descriptor.annotations());
    }
  }

  private static Blob.Known layer(Signature.Sigstore signature) {
    var blob = Blob.of(MediaType.of(signature.mediaType()), signature.payload());
    return blob.withDescriptor(blob.descriptor().withAnnotations(signature.annotations()));
  }

  private static Descriptor key(Signature.Sigstore signature) {
    return layer(signature).descriptor();
  }

  private static ImageConfig config(List<Digest> payloads) {
    return ImageConfig.scratch(Platform.of("", "")).withLayers(payloads, List.of());
  }

  private static OciException tooMuch(String found) {
    return new OciException(
        OciException.Category.INVALID, "read attached signatures: " + found + "; refused");
  }
}
