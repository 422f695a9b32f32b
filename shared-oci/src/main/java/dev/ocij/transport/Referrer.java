package dev.ocij.transport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A manifest that is about another one, its subject: image-spec, "Guidelines for Artifact Usage",
/// and distribution-spec, "Listing Referrers".
public final class Referrer {
  private static final int LONGEST_ALGORITHM = 32;
  private static final int LONGEST_HEX = 64;

  /// What cosign puts beside an image under a tag, apart from signatures.
  private static final List<String> SUFFIXES = List.of(".att", ".sbom");

  private Referrer() {}

  /// What a manifest is about; empty for most.
  public static Optional<Digest> subject(Document document) {
    var digest = tree(document).path("subject").path("digest").asText("");
    return digest.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(digest));
  }

  /// How a list of referrers names this one.
  public static Descriptor describe(Document referrer) {
    var tree = tree(referrer);
    var annotations = new LinkedHashMap<String, String>();
    tree.path("annotations")
        .properties()
        .forEach(entry -> annotations.put(entry.getKey(), entry.getValue().asText()));
    var type = tree.path("artifactType").asText(tree.path("config").path("mediaType").asText(""));
    return new Descriptor(
        referrer.mediaType(),
        referrer.digest(),
        referrer.bytes().length,
        List.of(),
        Map.copyOf(annotations),
        null,
        null,
        type.isEmpty() ? null : type);
  }

  /// The tag of the list of referrers, where a registry keeps none itself.
  public static String listTag(Digest subject) {
    return cut(subject.algorithm().prefix(), LONGEST_ALGORITHM)
        + "-"
        + cut(subject.hex(), LONGEST_HEX);
  }

  /// The tags of attestations and bills of material beside the manifest with this digest.
  public static Stream<String> tags(Digest manifest) {
    var prefix = manifest.algorithm().prefix() + "-" + manifest.hex();
    return SUFFIXES.stream().map(suffix -> prefix + suffix);
  }

  /// The entries of a list.
  public static List<Descriptor> list(byte[] index, String what) {
    return Json.read(index, ImageIndex::from, what).manifests();
  }

  /// The refusal of a place that cannot hold one.
  static OciException unsupported(String what) {
    return new OciException(
        OciException.Category.UNSUPPORTED,
        "store %s: this destination has no place for it; copy to a registry or an OCI layout"
            .formatted(what));
  }

  private static JsonNode tree(Document document) {
    return Json.readTree(document.bytes(), "manifest");
  }

  private static String cut(String text, int longest) {
    return text.substring(0, Math.min(longest, text.length()));
  }
}
