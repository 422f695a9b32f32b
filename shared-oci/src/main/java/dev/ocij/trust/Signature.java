package dev.ocij.trust;

import java.util.Map;
import java.util.Set;

/// A signature as it is stored beside an image, not verified yet.
public sealed interface Signature {
  /// An OpenPGP signed message over a JSON payload: containers-signature(5), "simple signing".
  ///
  /// @param message binary packets; not to be changed
  record Simple(byte[] message) implements Signature {}

  /// A signature as cosign stores it: one layer of the image under the tag `<algorithm>-<hex>.sig`.
  ///
  /// @param mediaType of the payload
  /// @param payload what was signed; not to be changed
  /// @param annotations of the layer, the signature itself among them
  record Sigstore(String mediaType, byte[] payload, Map<String, String> annotations)
      implements Signature {
    public static final String PAYLOAD_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
    public static final String SIGNATURE_ANNOTATION = "dev.cosignproject.cosign/signature";

    public Sigstore {
      annotations = Map.copyOf(annotations);
    }
  }

  /// A sigstore bundle, as cosign makes it since its version 3: an artifact that refers to the
  /// manifest.
  ///
  /// @param json the bundle; not to be changed
  /// @param annotations of that artifact
  record Bundle(byte[] json, Map<String, String> annotations) implements Signature {
    public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    public Bundle {
      annotations = Map.copyOf(annotations);
    }
  }

  /// An envelope of the Notary Project: an artifact that refers to the manifest.
  ///
  /// @param mediaType of the envelope: JWS or COSE
  /// @param envelope not to be changed
  /// @param annotations of that artifact
  record Notation(String mediaType, byte[] envelope, Map<String, String> annotations)
      implements Signature {
    public static final String ARTIFACT_TYPE = "application/vnd.cncf.notary.signature";
    public static final Set<String> MEDIA_TYPES =
        Set.of("application/jose+json", "application/cose");

    public Notation {
      annotations = Map.copyOf(annotations);
    }
  }

  /// Exactly what is stored, without what is said about it.
  default byte[] content() {
    return switch (this) {
      case Simple(var message) -> message;
      case Sigstore(_, var payload, _) -> payload;
      case Bundle(var json, _) -> json;
      case Notation(_, var envelope, _) -> envelope;
    };
  }

  /// Whether it is an artifact of its own that refers to the manifest; others are stored beside it.
  default boolean refers() {
    return this instanceof Bundle || this instanceof Notation;
  }

  /// The short name of its format.
  default String kind() {
    return switch (this) {
      case Simple _ -> "simple";
      case Sigstore _ -> "sigstore";
      case Bundle _ -> "bundle";
      case Notation _ -> "notation";
    };
  }
}
