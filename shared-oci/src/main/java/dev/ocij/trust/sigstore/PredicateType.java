package dev.ocij.trust.sigstore;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.net.URI;
import java.util.Map;
import java.util.TreeSet;

/// The kinds of things that are said of images, by the short names that cosign has for them.
public final class PredicateType {
  private static final Map<String, String> SHORT =
      Map.of(
          "slsaprovenance", "https://slsa.dev/provenance/v0.2",
          "slsaprovenance02", "https://slsa.dev/provenance/v0.2",
          "slsaprovenance1", "https://slsa.dev/provenance/v1",
          "spdxjson", "https://spdx.dev/Document",
          "cyclonedx", "https://cyclonedx.org/bom",
          "vuln", "https://cosign.sigstore.dev/attestation/vuln/v1",
          "openvex", "https://openvex.dev/ns",
          "custom", "https://cosign.sigstore.dev/attestation/v1");

  private PredicateType() {}

  /// @param typed a short name, or the URI itself
  /// @throws OciException of category `USAGE` where it is neither
  public static String parse(String typed) {
    var known = SHORT.get(typed);
    if (known != null) {
      return known;
    }
    try {
      if (URI.create(typed).isAbsolute()) {
        return typed;
      }
    } catch (IllegalArgumentException e) {
      throw unknown(typed, e);
    }
    throw unknown(typed, new IllegalArgumentException(typed));
  }

  private static OciException unknown(String typed, Exception cause) {
    return new OciException(
        OciException.Category.USAGE,
        "unknown predicate type %s; there are %s and absolute URIs"
            .formatted(Quoted.of(typed), String.join(", ", new TreeSet<>(SHORT.keySet()))),
        cause);
  }
}
